"""Cuts the cosine off at the floor."""

# fails: warmup_cosine
# hint: You cut the cosine off at the floor. It comes down to the floor smoothly, with a height of peak -
#     floor.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    progress = (t - warmup) / (total - warmup)
    return max(floor, peak * (1 + math.cos(math.pi * progress)) / 2)
