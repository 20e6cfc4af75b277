"""How far the coefficients move."""
# fails: curve_fitting
# hint: You measure how far the coefficients move. The curve is phi_grid @ theta.

import torch


def sensitivity(phi, phi_grid, i):
    return torch.linalg.pinv(phi)[:, i].abs().max().item()
