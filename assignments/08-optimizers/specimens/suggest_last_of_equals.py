"""The last of several."""

# fails: lr_find


def suggest_rate(rates, losses):
    best = min(losses)
    return [rate for rate, loss in zip(rates, losses) if loss == best][-1] / 10
