"""The right numbers as (O, B)."""

# fails: linear
# reason: wrong_answer
# says: axes are in another order
# hint: The numbers are right, but as (O, B). The examples are the rows of the result: (B, O).


def linear(x, W, b):
    return W @ x.T + b[:, None]
