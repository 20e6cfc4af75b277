"""Multiplies back by sigma squared alone."""
# fails: gaussian_nll
# hint: Your squared error is half of what it should be: the denominator was 2 sigma².

import math


def mse_from_nll(nll, sigma):
    return sigma**2 * (nll - math.log(sigma) - 0.5 * math.log(2 * math.pi))
