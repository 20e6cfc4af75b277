"""The pseudo-inverse of phi.T @ phi: digits are lost by squaring."""
# fails: curve_fitting

import torch


def fit(phi, y, ridge=0.0):
    gram = phi.T @ phi + ridge * torch.eye(phi.shape[1], dtype=phi.dtype)
    return torch.linalg.pinv(gram) @ phi.T @ y
