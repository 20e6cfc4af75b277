"""The sum over all points (Lebesgue's function)."""
# fails: curve_fitting
# hint: You nudge all targets at once. Only target i grows by one.

import torch


def sensitivity(phi, phi_grid, i):
    return (phi_grid @ torch.linalg.pinv(phi)).abs().sum(dim=1).max().item()
