"""The bias as a column: fits when B = O (or B = 1), and is added to the examples."""

# fails: linear
# says: every row
# hint: You add the bias as a column, one number for each example, which only fits when B = O or B = 1. It belongs to
#     the outputs: let b line up with the last dimension.


def linear(x, W, b):
    return x @ W.T + b[:, None]
