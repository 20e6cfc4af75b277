"""Inverts phi.T @ phi, which has no inverse when there are more columns than rows."""
# fails: curve_fitting, double_descent
# hint: phi.T @ phi has no inverse when columns depend on each other or outnumber the rows.
#     torch.linalg.pinv(phi) always exists.

import torch


def fit(phi, y, ridge=0.0):
    return torch.linalg.solve(phi.T @ phi + ridge * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y)
