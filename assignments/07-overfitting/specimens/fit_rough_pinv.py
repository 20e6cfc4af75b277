"""A pseudo-inverse that throws small singular values away."""
# fails: curve_fitting, double_descent
# hint: Your pseudo-inverse throws away singular values that are not zero. Leave its tolerance alone.

import torch


def fit(phi, y, ridge=0.0):
    if ridge == 0:
        return torch.linalg.pinv(phi, rtol=0.1) @ y
    return torch.linalg.solve(phi.T @ phi + ridge * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y)
