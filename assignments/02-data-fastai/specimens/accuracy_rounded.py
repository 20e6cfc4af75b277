"""Rounds to two digits."""
# fails: metrics
# hint: You round. Round where you print, not where you compute.


def accuracy_of(y, guess):
    if y.shape != guess.shape:
        raise ValueError
    return round((y == guess).float().mean().item(), 2)
