"""|x - knot|."""
# fails: curve_fitting
# hint: You use the distance to a knot. Left of its knot a ReLU is 0.

import torch


def relu_features(x, knots):
    return torch.cat([torch.ones_like(x)[:, None], x[:, None], (x[:, None] - knots).abs()], dim=1)
