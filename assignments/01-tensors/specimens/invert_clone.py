"""In place, in a copy."""

# fails: nothing


def invert(img):
    out = img.clone()
    out.neg_().add_(1.0)
    return out
