"""Element by element, the standardised residual, log of tau."""
# fails: nothing

import math

import torch
import torch.nn.functional as F


def gaussian_nll(y, mu, sigma):
    z = (mu - y) / sigma
    each = 0.5 * z.square() + 0.5 * math.log(math.tau * sigma * sigma)
    return torch.sum(each) / each.numel()


def mse_from_nll(nll, sigma):
    return (2 * nll - math.log(math.tau) - 2 * math.log(sigma)) * sigma * sigma


def best_sigma(y, mu):
    return math.sqrt(F.mse_loss(mu.double(), y.double()))
