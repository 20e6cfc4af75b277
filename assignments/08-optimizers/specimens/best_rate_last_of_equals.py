"""The last of several."""

# fails: best_rate
# hint: Of several that are equally good take the first.

import math


def best_rate(rates, held_out_loss):
    losses = [held_out_loss(rate) for rate in rates]
    kept = [(loss, -i) for i, loss in enumerate(losses) if math.isfinite(loss)]
    if not kept:
        raise ValueError("no rate")
    return rates[-min(kept)[1]]
