"""Another exception."""

# fails: best_rate
# hint: Where no loss is finite, your list is empty and indexing it is an IndexError. Raise a ValueError
#     that says why.

import math


def best_rate(rates, held_out_loss):
    losses = [held_out_loss(rate) for rate in rates]
    kept = sorted((loss, i) for i, loss in enumerate(losses) if math.isfinite(loss))
    return rates[kept[0][1]]
