"""numpy's correlation at full overlap is the dot product."""

# fails: dot_ops
# reason: forbidden_api
# says: correlate


def dot_ops(w, x):
    return torch.as_tensor(np.correlate(w.numpy(), x.numpy())[0], dtype=w.dtype)
