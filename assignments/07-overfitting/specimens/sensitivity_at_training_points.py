"""Looks at the training points, where the curve goes through in any case."""
# fails: curve_fitting

import torch


def sensitivity(phi, phi_grid, i):
    return (phi @ torch.linalg.pinv(phi)[:, i]).abs().max().item()
