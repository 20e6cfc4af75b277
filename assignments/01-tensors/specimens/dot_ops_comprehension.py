"""A generator inside Python's sum: a loop in disguise."""

# fails: dot_ops
# reason: forbidden_api
# says: loop


def dot_ops(w, x):
    return sum((a * b for a, b in zip(w, x)), torch.zeros((), dtype=w.dtype))
