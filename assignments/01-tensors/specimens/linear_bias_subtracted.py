"""The bias with the wrong sign."""

# fails: linear
# reason: wrong_answer
# hint: You subtract the bias. It is added.


def linear(x, W, b):
    return x @ W.T - b
