"""Right values, and no gradient."""
# fails: cross_entropy


def cross_entropy(logits, y):
    return nn.functional.cross_entropy(logits.detach(), y)
