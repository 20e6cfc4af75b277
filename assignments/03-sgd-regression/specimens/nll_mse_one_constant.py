"""Forgets to subtract log(sigma)."""
# fails: gaussian_nll
# hint: You subtract only one of the two constants before you multiply.

import math


def mse_from_nll(nll, sigma):
    return 2 * sigma**2 * (nll - 0.5 * math.log(2 * math.pi))
