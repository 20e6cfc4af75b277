"""A convolution of width one does the whole layer."""

# fails: linear
# reason: forbidden_api


def linear(x, W, b):
    return F.conv1d(x[:, :, None], W[:, :, None], b)[:, :, 0]
