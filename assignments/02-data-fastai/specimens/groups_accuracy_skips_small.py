"""Leaves small groups out."""
# fails: per_group
# hint: You leave out a group because it is small. Those are the ones that nobody asks about: report it, with its
#     size.


def group_accuracies(y, guess, groups):
    found = {}
    for name in set(groups):
        rows = [i for i, g in enumerate(groups) if g == name]
        if len(rows) > 1:
            found[name] = (y[rows] == guess[rows]).float().mean().item()
    return found
