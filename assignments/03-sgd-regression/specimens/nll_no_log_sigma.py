"""Without log(sigma)."""
# fails: gaussian_nll
# says: log(sigma) is missing
# hint: The term log(sigma) is missing. Without it, an ever larger sigma would make any loss small.

import math


def gaussian_nll(y, mu, sigma):
    return ((y - mu) ** 2).mean() / (2 * sigma**2) + 0.5 * math.log(2 * math.pi)
