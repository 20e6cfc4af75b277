"""Sorts the knots: columns change places."""
# fails: curve_fitting
# hint: You sort the knots. Column 2 + j belongs to knots[j] as they come.

import torch


def relu_features(x, knots):
    return torch.cat([torch.ones_like(x)[:, None], x[:, None], torch.relu(x[:, None] - knots.sort().values)], dim=1)
