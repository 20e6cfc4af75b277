"""Returns a tensor."""
# fails: curve_fitting
# says: Python float

import torch


def sensitivity(phi, phi_grid, i):
    return (phi_grid @ torch.linalg.pinv(phi)[:, i]).abs().max()
