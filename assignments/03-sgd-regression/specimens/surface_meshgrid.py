"""Two grids of numbers, and the data behind them."""
# fails: nothing

import torch
import torch.nn.functional as F


def loss_surface(slopes, intercepts, x, y):
    C, S = torch.meshgrid(intercepts, slopes, indexing="xy")
    lines = S[..., None] * x + C[..., None]
    return F.mse_loss(lines, y.expand_as(lines), reduction="none").mean(2)
