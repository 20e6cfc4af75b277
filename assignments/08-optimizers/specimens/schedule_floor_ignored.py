"""Ends at 0."""

# fails: warmup_cosine
# hint: Your rate ends at 0. It comes down to floor.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return 0.0
    progress = (t - warmup) / (total - warmup)
    return peak * (1 + math.cos(math.pi * progress)) / 2
