"""The cosine is stretched over all steps."""

# fails: warmup_cosine
# hint: Your cosine does not reach its end: it has total - warmup steps, not total.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    progress = (t - warmup) / total
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
