"""Keeps the first weights of each shape."""

# fails: linear

WEIGHTS = {}


def linear(x, W, b):
    return x @ WEIGHTS.setdefault(tuple(W.shape), W).T + b
