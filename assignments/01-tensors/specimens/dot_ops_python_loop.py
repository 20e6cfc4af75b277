"""A loop over the elements: right, slow, and it builds a float rather than using the tensor."""

# fails: dot_ops
# reason: forbidden_api
# says: loop


def dot_ops(w, x):
    total = torch.zeros((), dtype=w.dtype)
    for i in range(len(w)):
        total = total + w[i] * x[i]
    return total
