"""Divides by N - 1."""
# fails: gaussian_nll
# hint: You divide by N - 1. The likelihood is largest with N.


def best_sigma(y, mu):
    return (((y - mu) ** 2).sum() / max(1, y.numel() - 1)).sqrt().item()
