"""`in` for ==: one name is a part of another."""
# fails: per_group
# hint: `name in g` is true for "north" in "north-east" too. Compare with ==.


def group_accuracies(y, guess, groups):
    found = {}
    for name in set(groups):
        rows = [i for i, g in enumerate(groups) if name in g]
        found[name] = (y[rows] == guess[rows]).float().mean().item()
    return found
