"""The bias with the wrong sign."""

# fails: linear
# reason: wrong_answer


def linear(x, W, b):
    return x @ W.T - b
