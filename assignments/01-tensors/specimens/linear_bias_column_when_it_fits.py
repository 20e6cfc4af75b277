"""Adds the bias along the batch wherever its length fits."""

# fails: linear
# reason: wrong_answer
# says: B = O
# hint: When B = O you add the bias along the batch. The shape of b does not decide where it goes: it always belongs
#     to the outputs, the last dimension.


def linear(x, W, b):
    out = x @ W.T
    return out + b[:, None] if len(b) == len(x) else out + b
