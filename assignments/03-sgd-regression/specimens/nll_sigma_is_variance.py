"""Takes sigma for the variance."""
# fails: gaussian_nll
# hint: You use sigma as if it were the variance. It is the standard deviation: square it in the first term.

import math


def gaussian_nll(y, mu, sigma):
    return ((y - mu) ** 2).mean() / (2 * sigma) + 0.5 * math.log(sigma) + 0.5 * math.log(2 * math.pi)
