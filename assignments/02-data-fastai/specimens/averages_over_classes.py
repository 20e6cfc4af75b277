"""Averages over the classes."""
# fails: per_group
# hint: You average over the classes. The groups are in the list `groups`.


def both_averages(y, guess, groups):
    per_class = [(guess[y == k] == k).float().mean().item() for k in y.unique()]
    return (y == guess).float().mean().item(), sum(per_class) / len(per_class)
