"""Loses the positions of what it leaves out."""

# fails: best_rate
# hint: You look for the position in the list of finite losses, and use it in the list of all rates. The two
#     do not line up.

import math


def best_rate(rates, held_out_loss):
    losses = [held_out_loss(rate) for rate in rates]
    finite = [loss for loss in losses if math.isfinite(loss)]
    if not finite:
        raise ValueError("no rate")
    return rates[finite.index(min(finite))]
