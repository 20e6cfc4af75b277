"""The density first, and then its log: -inf far away."""
# fails: gaussian_nll
# hint: You compute the density and take its log. Far from mu the density is 0 in floating point. Write the log down
#     instead.

import math

import torch


def gaussian_nll(y, mu, sigma):
    density = torch.exp(-((y - mu) ** 2) / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))
    return -density.log().mean()
