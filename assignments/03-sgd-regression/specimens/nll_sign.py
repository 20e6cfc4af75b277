"""The log-likelihood, without the minus."""
# fails: gaussian_nll
# says: sign is flipped
# hint: This is the log-likelihood. The loss is minus that.

import math


def gaussian_nll(y, mu, sigma):
    return -(((y - mu) ** 2).mean() / (2 * sigma**2) + math.log(sigma) + 0.5 * math.log(2 * math.pi))
