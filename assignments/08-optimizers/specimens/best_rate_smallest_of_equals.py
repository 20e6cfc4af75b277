"""Of equal losses the smallest rate, not the first."""

# fails: best_rate
# hint: The smallest of pairs (loss, rate) is the smaller rate where losses are equal. Take the first of the list.

import math


def best_rate(rates, held_out_loss):
    tried = [(held_out_loss(rate), rate) for rate in rates]
    finite = [pair for pair in tried if math.isfinite(pair[0])]
    if not finite:
        raise ValueError("none")
    return min(finite)[1]
