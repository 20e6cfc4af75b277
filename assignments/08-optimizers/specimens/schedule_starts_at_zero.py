"""The first rate is 0."""

# fails: warmup_cosine
# hint: Your first step has a rate of 0 and is wasted. In the warm-up it is peak * (t + 1) / warmup.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * t / warmup
    if t >= total:
        return float(floor)
    progress = (t - warmup) / (total - warmup)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
