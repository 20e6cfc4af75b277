"""Adds all biases to every output."""

# fails: linear
# reason: wrong_answer


def linear(x, W, b):
    return x @ W.T + b.sum()
