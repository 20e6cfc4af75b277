"""The column x is missing."""
# fails: curve_fitting
# hint: The column x is missing: left of the first knot your curve would be flat.

import torch


def relu_features(x, knots):
    return torch.cat([torch.ones_like(x)[:, None], torch.relu(x[:, None] - knots)], dim=1)
