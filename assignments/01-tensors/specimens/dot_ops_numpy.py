"""A detour through numpy."""

# fails: nothing


def dot_ops(w, x):
    return torch.as_tensor(np.multiply(w.numpy(), x.numpy()).sum(), dtype=w.dtype)
