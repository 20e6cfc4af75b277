"""Comes up again after the end."""

# fails: warmup_cosine
# hint: After the end your rate goes up again. From t = total on it is floor.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / warmup
    if warmup == total:
        return float(floor)
    progress = (t - warmup) / (total - warmup)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
