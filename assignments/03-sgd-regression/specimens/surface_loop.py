"""Two loops over the grid."""
# fails: loss_surface
# reason: forbidden_api

import torch


def loss_surface(slopes, intercepts, x, y):
    surface = torch.zeros(len(slopes), len(intercepts), dtype=x.dtype)
    for i in range(len(slopes)):
        for j in range(len(intercepts)):
            surface[i, j] = ((slopes[i] * x + intercepts[j] - y) ** 2).mean()
    return surface
