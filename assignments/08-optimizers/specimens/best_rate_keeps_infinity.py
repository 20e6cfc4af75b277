"""Leaves out NaN only."""

# fails: best_rate
# hint: An infinite loss, above or below zero, is no result either: keep only what math.isfinite accepts.

import math


def best_rate(rates, held_out_loss):
    losses = [held_out_loss(rate) for rate in rates]
    kept = [(loss, i) for i, loss in enumerate(losses) if not math.isnan(loss)]
    if not kept:
        raise ValueError("no rate")
    return rates[min(kept)[1]]
