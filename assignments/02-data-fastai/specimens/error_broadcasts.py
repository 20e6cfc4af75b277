"""The guard is in accuracy_of only."""
# fails: metrics
# says: must raise ValueError
# hint: error_rate_of has no guard of its own. Call accuracy_of, which has one.


def error_rate_of(y, guess):
    return (y != guess).float().mean().item()
