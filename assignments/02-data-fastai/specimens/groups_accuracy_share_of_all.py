"""Divides by all examples."""
# fails: per_group
# hint: You divide by the number of all examples. Each group has its own number.


def group_accuracies(y, guess, groups):
    found = {}
    for name in set(groups):
        found[name] = sum(bool(a == b) for a, b, g in zip(y, guess, groups) if g == name) / len(y)
    return found
