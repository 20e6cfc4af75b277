"""torch's own."""
# fails: softmax
# reason: forbidden_api


def softmax(x, dim):
    return x.softmax(dim)
