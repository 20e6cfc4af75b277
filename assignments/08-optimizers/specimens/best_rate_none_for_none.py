"""None where nothing is finite."""

# fails: best_rate
# says: ValueError

import math


def best_rate(rates, held_out_loss):
    losses = [held_out_loss(rate) for rate in rates]
    finite = [(loss, i) for i, loss in enumerate(losses) if math.isfinite(loss)]
    return rates[min(finite)[1]] if finite else None
