"""The sum over the elements."""
# fails: gaussian_nll
# hint: You add up over the elements. The mean was asked for.

import math


def gaussian_nll(y, mu, sigma):
    return ((y - mu) ** 2 / (2 * sigma**2) + math.log(sigma) + 0.5 * math.log(2 * math.pi)).sum()
