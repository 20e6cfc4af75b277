"""Adds the bias into the caller's weights (the trick of a bias column, done in place)."""

# fails: linear
# reason: mutated_input


def linear(x, W, b):
    out = x @ W.T + b
    x.sub_(x)
    return out
