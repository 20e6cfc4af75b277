"""Uses torch's sigmoid."""
# fails: binary
# reason: forbidden_api


def sigmoid_from_softmax(z):
    return z.sigmoid()
