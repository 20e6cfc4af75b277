"""Returns a column."""
# fails: curve_fitting, double_descent
# hint: Your theta is a matrix of one column. Its shape is (P,): y is a vector, and stays one.

import torch


def fit(phi, y, ridge=0.0):
    if ridge == 0:
        return torch.linalg.pinv(phi) @ y[:, None]
    return torch.linalg.solve(phi.T @ phi + ridge * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y[:, None])
