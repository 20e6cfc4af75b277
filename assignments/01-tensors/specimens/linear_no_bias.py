"""Forgets the bias."""

# fails: linear
# reason: wrong_answer
# hint: The matrix product is right, and the bias is missing.


def linear(x, W, b):
    return x @ W.T
