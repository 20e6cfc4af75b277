"""Keeps the first weights of each shape."""

# fails: linear
# hint: Your function keeps weights from an earlier call. Use the W that comes in, and keep nothing between calls.

WEIGHTS = {}


def linear(x, W, b):
    return x @ WEIGHTS.setdefault(tuple(W.shape), W).T + b
