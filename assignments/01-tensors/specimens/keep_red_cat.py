"""Red beside two planes of zeros."""

# fails: nothing


def keep_red(images):
    red, green, blue = images.unbind(dim=1)
    return torch.stack([red, torch.zeros_like(green), torch.zeros_like(blue)], dim=1)
