"""Changes the caller's tensor."""
# fails: effects
# reason: mutated_input


def invert(x):
    return x.neg_().add_(1)
