"""A convolution whose filter is the other vector."""

# fails: dot_ops
# reason: forbidden_api


def dot_ops(w, x):
    return F.conv2d(w.reshape(1, 1, 1, -1), x.reshape(1, 1, 1, -1)).squeeze()
