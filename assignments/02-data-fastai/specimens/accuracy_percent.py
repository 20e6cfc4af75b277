"""Percent for a fraction."""
# fails: metrics
# hint: You return percent. A fraction between 0 and 1 is asked for.


def accuracy_of(y, guess):
    if y.shape != guess.shape:
        raise ValueError
    return 100 * (y == guess).float().mean().item()
