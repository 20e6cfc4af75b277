"""Moves down: rows, not columns."""
# fails: beyond
# hint: Your images move down. The last dimension of (N, side, side) is the columns.

import torch.nn.functional as F


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = F.pad(x.reshape(-1, side, side), (0, 0, side, 0))
    return [accuracy(model, images[:, side - k : 2 * side - k].reshape(len(x), -1), y) for k in shifts]
