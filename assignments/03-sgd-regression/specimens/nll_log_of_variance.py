"""The log of the variance, without the half."""
# fails: gaussian_nll
# says: one log(sigma) too many
# hint: You take the log of the variance and forget the half in front of it.

import math


def gaussian_nll(y, mu, sigma):
    return ((y - mu) ** 2).mean() / (2 * sigma**2) + math.log(sigma**2) + 0.5 * math.log(2 * math.pi)
