"""Searches a hundred constants between the extremes."""
# fails: outliers
# hint: You search a grid of constants. With one far outlier its points lie far apart: take the median itself.

import torch


def best_constants(y):
    grid = torch.linspace(y.min().item(), y.max().item(), 100, dtype=y.dtype)
    return y.mean(), grid[(grid[:, None] - y).abs().mean(1).argmin()]
