"""The largest movement upwards."""
# fails: curve_fitting
# hint: You take the largest movement upwards. Downwards counts as well: .abs() before .max().

import torch


def sensitivity(phi, phi_grid, i):
    return (phi_grid @ torch.linalg.pinv(phi)[:, i]).max().item()
