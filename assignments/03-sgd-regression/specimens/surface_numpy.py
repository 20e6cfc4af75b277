"""NumPy's broadcasting."""
# fails: nothing

import numpy as np
import torch


def loss_surface(slopes, intercepts, x, y):
    lines = np.multiply.outer(slopes.numpy(), x.numpy())[:, np.newaxis, :] + intercepts.numpy()[:, np.newaxis]
    return torch.from_numpy(((lines - y.numpy()) ** 2).mean(axis=2))
