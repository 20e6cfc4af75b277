"""Einstein's notation."""

# fails: nothing


def linear(x, W, b):
    return torch.einsum("bi,oi->bo", x, W) + b
