"""max(0, x + knot): the figure's knots are symmetric and do not tell."""
# fails: curve_fitting
# hint: The sign of the knots is wrong: a ReLU bends where x - knot is 0. Knots that are symmetric around 0 hide
#     it.

import torch


def relu_features(x, knots):
    return torch.cat([torch.ones_like(x)[:, None], x[:, None], torch.relu(x[:, None] + knots)], dim=1)
