"""Counts in half precision."""
# fails: metrics


def accuracy_of(y, guess):
    if y.shape != guess.shape:
        raise ValueError
    return (y == guess).half().mean().item()
