"""Counts in half precision."""
# fails: metrics
# hint: Half precision has three digits. Use float().


def accuracy_of(y, guess):
    if y.shape != guess.shape:
        raise ValueError
    return (y == guess).half().mean().item()
