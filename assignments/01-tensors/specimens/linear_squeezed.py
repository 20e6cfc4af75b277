"""Squeezes, so that a single example loses its row."""

# fails: linear
# reason: wrong_answer


def linear(x, W, b):
    return (x @ W.T + b).squeeze()
