"""The smallest loss so far starts at 1e9."""

# fails: best_rate

import math


def best_rate(rates, held_out_loss):
    best, smallest = None, 1e9
    for rate in rates:
        loss = held_out_loss(rate)
        if loss < smallest and math.isfinite(loss):
            best, smallest = rate, loss
    if best is None:
        raise ValueError("none")
    return best
