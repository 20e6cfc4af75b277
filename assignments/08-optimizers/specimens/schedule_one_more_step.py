"""Divides by warmup + 1."""

# fails: warmup_cosine
# hint: Your warm-up never reaches the peak: divide by warmup.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / (warmup + 1)
    if t >= total:
        return float(floor)
    progress = (t - warmup) / (total - warmup)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
