"""A new tensor from a number: no gradient."""
# fails: gaussian_nll
# hint: The value is right, and no gradient flows to mu. Stay within torch: no .item(), no torch.tensor(...).

import math

import torch


def gaussian_nll(y, mu, sigma):
    mse = ((y - mu) ** 2).mean().item()
    return torch.tensor(mse / (2 * sigma**2) + math.log(sigma) + 0.5 * math.log(2 * math.pi), dtype=y.dtype)
