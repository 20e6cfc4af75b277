"""Logarithms to base 2 for the constants."""
# fails: gaussian_nll
# hint: Your logarithms have the base 2. Nats come from the natural logarithm.

import math


def gaussian_nll(y, mu, sigma):
    return ((y - mu) ** 2).mean() / (2 * sigma**2) + math.log2(sigma) + 0.5 * math.log2(2 * math.pi)
