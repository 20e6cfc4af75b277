"""Powers from 1 to degree: the column of ones is missing."""
# fails: curve_fitting
# hint: Your powers begin at 1. Column 0 is x to the power of 0, ones, and there are degree + 1 columns.

import torch


def polynomial_features(x, degree):
    return torch.stack([x**j for j in range(1, degree + 1)], dim=1)
