"""The steepest place."""

# fails: lr_find
# hint: You take the steepest place of the curve. Take a tenth of the rate at its minimum.


def suggest_rate(rates, losses):
    drops = [b - a for a, b in zip(losses, losses[1:])]
    if not drops:
        return rates[0] / 10
    return rates[drops.index(min(drops))]
