"""Rounds losses."""

# fails: best_rate

import math


def best_rate(rates, held_out_loss):
    losses = [round(held_out_loss(rate), 1) if True else 0 for rate in rates]
    kept = [(l, i) for i, l in enumerate(losses) if math.isfinite(l)]
    if not kept:
        raise ValueError
    return rates[min(kept)[1]]
