"""Trains twice with each rate."""

# fails: best_rate
# says: expensive

import math


def best_rate(rates, held_out_loss):
    finite = [rate for rate in rates if math.isfinite(held_out_loss(rate))]
    if not finite:
        raise ValueError("no rate")
    return min(finite, key=held_out_loss)
