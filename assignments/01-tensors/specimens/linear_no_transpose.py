"""`x @ W`: only fits where I = O, and is wrong there."""

# fails: linear
# says: turn it round


def linear(x, W, b):
    return x @ W + b
