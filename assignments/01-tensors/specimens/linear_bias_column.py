"""The bias as a column: fits when B = O (or B = 1), and is added to the examples."""

# fails: linear
# says: every row


def linear(x, W, b):
    return x @ W.T + b[:, None]
