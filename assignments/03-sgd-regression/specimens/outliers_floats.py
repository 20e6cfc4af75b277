"""Python floats."""
# fails: outliers


def best_constants(y):
    return y.mean().item(), y.median().item()
