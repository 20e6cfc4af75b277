"""`if not smallest`: a loss of 0 counts as none so far."""

# fails: best_rate
# hint: `not 0.0` is True: a best loss of exactly 0 was forgotten. Ask `is None`.

import math


def best_rate(rates, held_out_loss):
    best, smallest = None, None
    for rate in rates:
        loss = held_out_loss(rate)
        if not math.isfinite(loss):
            continue
        if not smallest or loss < smallest:
            best, smallest = rate, loss
    if best is None:
        raise ValueError("none")
    return best
