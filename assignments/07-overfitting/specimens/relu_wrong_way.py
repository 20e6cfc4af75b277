"""max(0, knot - x): the bends open to the left."""
# fails: curve_fitting
# hint: Your ReLUs open to the left of their knots: max(0, x - knot), not max(0, knot - x).

import torch


def relu_features(x, knots):
    return torch.cat([torch.ones_like(x)[:, None], x[:, None], torch.relu(knots - x[:, None])], dim=1)
