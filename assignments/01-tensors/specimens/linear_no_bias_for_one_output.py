"""Drops the bias where there is one output."""

# fails: linear


def linear(x, W, b):
    return x @ W.T + (b if len(b) > 1 else 0)
