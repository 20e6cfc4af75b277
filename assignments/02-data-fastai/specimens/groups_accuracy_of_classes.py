"""Groups by class."""
# fails: per_group
# hint: You group by the true class. The groups are in the list `groups`.


def group_accuracies(y, guess, groups):
    names = sorted(set(groups))
    return {name: (guess[y == k] == k).float().mean().item() for k, name in enumerate(names)}
