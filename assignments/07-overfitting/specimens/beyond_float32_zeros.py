"""zeros are float32, whatever the images are."""
# fails: beyond
# hint: Your zeros are float32 whatever the images are, and a network in float64 refuses what comes out.
#     zeros_like(images) takes over the dtype.

import torch


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = x.reshape(-1, side, side)
    out = []
    for k in shifts:
        moved = torch.zeros(len(x), side, side)
        moved[:, :, k:] = images[:, :, : side - k]
        out.append(accuracy(model, moved.flatten(1), y))
    return out
