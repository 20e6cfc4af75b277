"""Leaves the first coefficient unpenalised, as a bias would be."""
# fails: curve_fitting, double_descent
# hint: Your fit spares the first coefficient. Here every coefficient is penalised alike, whatever its column
#     holds.

import torch


def fit(phi, y, ridge=0.0):
    if ridge == 0:
        return torch.linalg.pinv(phi) @ y
    penalty = ridge * torch.eye(phi.shape[1], dtype=phi.dtype)
    penalty[0, 0] = 0
    return torch.linalg.pinv(phi.T @ phi + penalty) @ (phi.T @ y)
