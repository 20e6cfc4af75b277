"""Off by one: the highest power is missing."""
# fails: curve_fitting
# hint: The highest power is missing: range(degree) ends at degree - 1.

import torch


def polynomial_features(x, degree):
    return torch.stack([x**j for j in range(degree)], dim=1)
