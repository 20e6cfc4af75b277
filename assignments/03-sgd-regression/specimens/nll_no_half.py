"""Divides by sigma squared, without the 2."""
# fails: gaussian_nll
# hint: The 2 in the denominator of the first term is missing.

import math


def gaussian_nll(y, mu, sigma):
    return ((y - mu) ** 2).mean() / sigma**2 + math.log(sigma) + 0.5 * math.log(2 * math.pi)
