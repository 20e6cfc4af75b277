"""The right numbers as (O, B)."""

# fails: linear
# reason: wrong_answer
# says: axes are in another order


def linear(x, W, b):
    return W @ x.T + b[:, None]
