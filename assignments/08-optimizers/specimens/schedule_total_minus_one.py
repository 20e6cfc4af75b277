"""Reaches the floor one step early."""

# fails: warmup_cosine
# hint: Your cosine reaches the floor one step early. By the formula it is there at t = total.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    progress = (t - warmup) / max(1, total - 1 - warmup)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
