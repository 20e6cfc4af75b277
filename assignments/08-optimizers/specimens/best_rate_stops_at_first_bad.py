"""Stops where training diverges."""

# fails: best_rate
# hint: You stop at the first rate that diverges. The candidates come in any order: try all.

import math


def best_rate(rates, held_out_loss):
    best, best_loss = None, math.inf
    for rate in rates:
        loss = held_out_loss(rate)
        if not math.isfinite(loss):
            break
        if loss < best_loss:
            best, best_loss = rate, loss
    if best is None:
        raise ValueError("no rate")
    return best
