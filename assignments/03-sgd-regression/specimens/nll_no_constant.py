"""Without the last term, as torch's default."""
# fails: gaussian_nll
# says: last term is missing
# hint: The term with 2 pi is missing. torch's function leaves it out by default; a likelihood has it.

import math


def gaussian_nll(y, mu, sigma):
    return ((y - mu) ** 2).mean() / (2 * sigma**2) + math.log(sigma)
