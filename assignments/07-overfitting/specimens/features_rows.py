"""One row for each power."""
# fails: curve_fitting
# hint: Your powers are rows. Each point is a row, each power a column.

import torch


def polynomial_features(x, degree):
    return torch.stack([x**j for j in range(degree + 1)], dim=0)
