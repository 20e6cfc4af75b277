"""The largest over all training points: i is ignored."""
# fails: curve_fitting
# hint: You take the largest over all points. It is point i that is nudged.

import torch


def sensitivity(phi, phi_grid, i):
    return (phi_grid @ torch.linalg.pinv(phi)).abs().max().item()
