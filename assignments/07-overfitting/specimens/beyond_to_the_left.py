"""Moves to the left."""
# fails: beyond
# hint: Your images move to the left.

import torch.nn.functional as F


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = F.pad(x.reshape(-1, side, side), (0, side))
    return [accuracy(model, images[:, :, k : k + side].reshape(len(x), -1), y) for k in shifts]
