"""Divides first."""

# fails: warmup_cosine
# hint: Your formula divides by total - warmup before it asks whether there is a cosine at all. Where warmup
#     is total, that is 0.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    progress = (t - warmup) / (total - warmup)
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
