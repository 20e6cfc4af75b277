"""Multiplies first and subtracts the constants afterwards."""
# fails: gaussian_nll
# hint: You multiply before you subtract the constants. Undo the last step first.

import math


def mse_from_nll(nll, sigma):
    return 2 * sigma**2 * nll - math.log(sigma) - 0.5 * math.log(2 * math.pi)
