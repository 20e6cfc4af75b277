"""The edge is repeated instead of zeros."""
# fails: beyond
# hint: You repeat the edge column. Zeros come in from the left.

import torch.nn.functional as F


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = F.pad(x.reshape(-1, side, side), (side, 0), mode="replicate")
    return [accuracy(model, images[:, :, side - k : 2 * side - k].reshape(len(x), -1), y) for k in shifts]
