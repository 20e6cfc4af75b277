"""Steps, not ramps."""
# fails: curve_fitting
# hint: Your columns are steps, 0 or 1. A ReLU goes on rising: max(0, x - knot).

import torch


def relu_features(x, knots):
    return torch.cat([torch.ones_like(x)[:, None], x[:, None], (x[:, None] > knots).to(x.dtype)], dim=1)
