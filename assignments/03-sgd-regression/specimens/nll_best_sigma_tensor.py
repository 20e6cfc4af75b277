"""A tensor."""
# fails: gaussian_nll


def best_sigma(y, mu):
    return ((y - mu) ** 2).mean().sqrt()
