"""Forgets the bias."""

# fails: linear
# reason: wrong_answer


def linear(x, W, b):
    return x @ W.T
