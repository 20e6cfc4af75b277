"""The ready-made function."""

# fails: dot_ops
# reason: forbidden_api


def dot_ops(w, x):
    return torch.dot(w, x)
