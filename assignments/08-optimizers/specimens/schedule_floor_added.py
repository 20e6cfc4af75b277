"""Adds the floor on top."""

# fails: warmup_cosine
# hint: You add the floor to the whole cosine, so that it begins above the peak. It goes from peak to floor:
#     peak - floor is its height.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    progress = (t - warmup) / (total - warmup)
    return floor + peak * (1 + math.cos(math.pi * progress)) / 2
