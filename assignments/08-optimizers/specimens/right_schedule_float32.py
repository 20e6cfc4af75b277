"""The cosine by torch, in float32."""

# fails: nothing

import torch


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t >= total:
        return float(floor)
    if t < warmup:
        return (t + 1) * peak / warmup
    share = torch.tensor((t - warmup) / (total - warmup))
    return (floor + (peak - floor) / 2 * (1 + torch.cos(torch.pi * share))).item()
