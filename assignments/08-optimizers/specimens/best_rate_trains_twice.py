"""Trains twice with each rate."""

# fails: best_rate
# says: expensive
# hint: You train twice with each rate, once to look and once to compare. Keep the losses in a list.

import math


def best_rate(rates, held_out_loss):
    finite = [rate for rate in rates if math.isfinite(held_out_loss(rate))]
    if not finite:
        raise ValueError("no rate")
    return min(finite, key=held_out_loss)
