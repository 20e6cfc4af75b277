"""Adds all biases to every output."""

# fails: linear
# reason: wrong_answer
# hint: You add the sum of all biases to every output. Each output has a bias of its own.


def linear(x, W, b):
    return x @ W.T + b.sum()
