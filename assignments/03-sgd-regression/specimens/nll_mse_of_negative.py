"""A negative nll is taken for 0."""
# fails: gaussian_nll
# hint: A density may be larger than 1, and the nll below 0: take it as it is.

import math


def mse_from_nll(nll, sigma):
    nll = nll if nll > 0 else 0 * nll
    return 2 * sigma**2 * (nll - math.log(sigma) - 0.5 * math.log(2 * math.pi))
