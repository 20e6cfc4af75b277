"""Each shift is added to the one before."""
# fails: beyond
# hint: Your shifts add up: each starts from the images as they came.

import torch


def accuracy_when_shifted(model, x, y, shifts, side=8):
    images = x.reshape(-1, side, side)
    results = []
    for k in shifts:
        moved = torch.zeros_like(images)
        moved[:, :, k:] = images[:, :, : side - k]
        images = moved
        results.append(accuracy(model, images.reshape(len(x), -1), y))
    return results
