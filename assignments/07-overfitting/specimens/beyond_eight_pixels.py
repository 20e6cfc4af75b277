"""Images are always 8 x 8."""
# fails: beyond

import torch.nn.functional as F


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = F.pad(x.reshape(-1, 8, 8), (8, 0))
    return [accuracy(model, images[:, :, 8 - k : 16 - k].reshape(len(x), -1), y) for k in shifts]
