"""The mean movement."""
# fails: curve_fitting
# hint: You take the mean of the movements over the grid, and the largest is asked for.

import torch


def sensitivity(phi, phi_grid, i):
    return (phi_grid @ torch.linalg.pinv(phi)[:, i]).abs().mean().item()
