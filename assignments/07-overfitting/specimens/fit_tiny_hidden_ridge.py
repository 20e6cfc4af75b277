"""A ridge of 1e-8 that nobody asked for."""
# fails: curve_fitting, double_descent

import torch


def fit(phi, y, ridge=0.0):
    return torch.linalg.solve(phi.T @ phi + max(ridge, 1e-8) * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y)
