"""exp(j log x): NaN for negative points."""
# fails: curve_fitting
# hint: You go through logarithms, and negative numbers have none. x ** j needs no logarithm.

import torch


def polynomial_features(x, degree):
    return torch.exp(torch.log(x)[:, None] * torch.arange(degree + 1))
