"""F.linear itself."""

# fails: linear
# reason: forbidden_api


def linear(x, W, b):
    return F.linear(x, W, b)
