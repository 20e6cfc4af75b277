"""A little ridge is always there, for stability: the peak vanishes."""
# fails: curve_fitting, double_descent
# hint: A small ridge is in your fit even when ridge is 0. It is not the shortest solution that fits, and it
#     takes the peak out of double descent.

import torch


def fit(phi, y, ridge=0.0):
    return torch.linalg.solve(phi.T @ phi + (ridge + 1e-3) * torch.eye(phi.shape[1], dtype=phi.dtype), phi.T @ y)
