"""Always degree 15, as in the figure."""
# fails: curve_fitting

import torch


def polynomial_features(x, degree):
    return torch.stack([x**j for j in range(16)], dim=1)
