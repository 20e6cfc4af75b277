"""Columns against rows: all pairs."""
# fails: gaussian_nll
# hint: You compare every y with every mu. Each y has its own prediction.

import math


def gaussian_nll(y, mu, sigma):
    squares = (y.reshape(-1, 1) - mu.reshape(1, -1)) ** 2
    return squares.mean() / (2 * sigma**2) + math.log(sigma) + 0.5 * math.log(2 * math.pi)
