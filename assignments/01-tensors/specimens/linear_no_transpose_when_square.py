"""Transposes only if the shapes insist, which hides the mistake until I = O."""

# fails: linear
# reason: wrong_answer
# hint: When W is square you multiply by it the wrong way round. The shapes fit either way then: turn W for every
#     size, without asking.


def linear(x, W, b):
    return (x @ W if W.shape[0] == x.shape[1] else x @ W.T) + b
