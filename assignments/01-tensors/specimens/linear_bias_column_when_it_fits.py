"""Adds the bias along the batch wherever its length fits."""

# fails: linear
# reason: wrong_answer
# says: B = O


def linear(x, W, b):
    out = x @ W.T
    return out + b[:, None] if len(b) == len(x) else out + b
