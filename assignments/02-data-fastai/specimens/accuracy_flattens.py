"""Mends the shapes silently."""
# fails: metrics
# hint: You flatten what does not fit. A wrong shape is a mistake of the caller's, who should hear of it:
#     ValueError.


def accuracy_of(y, guess):
    return (y.flatten() == guess.flatten()).float().mean().item()
