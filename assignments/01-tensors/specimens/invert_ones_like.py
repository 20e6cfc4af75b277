"""A tensor of ones minus the image."""

# fails: nothing


def invert(img):
    return torch.ones_like(img) - img
