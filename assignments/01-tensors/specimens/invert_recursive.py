"""Goes down axis by axis until a number is left."""

# fails: nothing


def invert(img):
    if img.dim() == 0:
        return torch.rsub(img, 1)
    return torch.stack([invert(part) for part in img])
