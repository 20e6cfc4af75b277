"""np.vander's order, highest power first."""
# fails: curve_fitting
# hint: The highest power comes first in your columns. Column j is x to the power of j.

import torch


def polynomial_features(x, degree):
    return torch.vander(x, degree + 1)
