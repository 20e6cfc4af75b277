"""An epsilon in the log caps the loss."""
# fails: gaussian_nll
# hint: An epsilon inside the log caps the loss: far away it does not grow any more, and the gradient is 0.

import math

import torch


def gaussian_nll(y, mu, sigma):
    density = torch.exp(-((y - mu) ** 2) / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))
    return -(density + 1e-12).log().mean()
