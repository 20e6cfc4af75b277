"""Penalises against the mean of the errors."""
# fails: curve_fitting, double_descent
# says: n times too large
# hint: You minimise the mean of the squared errors plus the penalty. Here it is their sum.

import torch


def fit(phi, y, ridge=0.0):
    if ridge == 0:
        return torch.linalg.pinv(phi) @ y
    return torch.linalg.solve(
        phi.T @ phi / len(y) + ridge * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y / len(y)
    )
