"""The cosine begins at t = 0."""

# fails: warmup_cosine
# hint: Your cosine begins at t = 0, though the warm-up comes first: count from the end of the warm-up.

import math


def warmup_cosine(t, total, warmup, peak, floor=0.0):
    if t < warmup:
        return peak * (t + 1) / warmup
    if t >= total:
        return float(floor)
    progress = t / total
    return floor + (peak - floor) * (1 + math.cos(math.pi * progress)) / 2
