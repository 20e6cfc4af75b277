"""Takes the mean out of the targets first."""
# fails: curve_fitting, double_descent
# hint: You take the mean out of the targets. A column of ones does that where one is wanted.

import torch


def fit(phi, y, ridge=0.0):
    y = y - y.mean()
    if ridge == 0:
        return torch.linalg.pinv(phi) @ y
    return torch.linalg.solve(phi.T @ phi + ridge * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y)
