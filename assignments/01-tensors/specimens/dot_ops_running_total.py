"""The last of the running totals."""

# fails: nothing


def dot_ops(w, x):
    return (w * x).cumsum(dim=0)[-1]
