"""The column of ones is missing."""
# fails: curve_fitting
# hint: The column of ones is missing, so that your curve has no level of its own.

import torch


def relu_features(x, knots):
    return torch.cat([x[:, None], torch.relu(x[:, None] - knots)], dim=1)
