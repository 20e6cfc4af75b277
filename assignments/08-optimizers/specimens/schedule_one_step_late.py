"""The warm-up has one step more."""

# fails: warmup_cosine
# hint: Your warm-up has a step too many: it ends with t = warmup - 1.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t <= warmup and warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    progress = (t - warmup) / (total - warmup)
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
