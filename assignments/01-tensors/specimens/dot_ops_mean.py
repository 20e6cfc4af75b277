"""A mean where a sum is asked for."""

# fails: dot_ops


def dot_ops(w, x):
    return (w * x).mean()
