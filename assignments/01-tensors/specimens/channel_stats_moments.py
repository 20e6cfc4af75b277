"""The mean of the squares minus the square of the mean, in float64; the result has names."""

# fails: nothing

from typing import NamedTuple


class Statistics(NamedTuple):
    mean: torch.Tensor
    std: torch.Tensor


def channel_stats(batch):
    wide = batch.double()
    mean, square = (torch.einsum("bchw->c", power) / (wide.numel() // wide.shape[1]) for power in (wide, wide**2))
    std = (square - mean**2).clamp(min=0).sqrt()
    return Statistics(mean=mean.float(), std=std.float())
