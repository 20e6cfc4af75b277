"""Takes a ridge and does nothing with it."""
# fails: curve_fitting, double_descent
# says: no difference
# hint: Your fit never looks at ridge.

import torch


def fit(phi, y, ridge=0.0):
    return torch.linalg.pinv(phi) @ y
