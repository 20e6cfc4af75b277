"""Counts neighbours as groups."""
# fails: per_group
# hint: itertools.groupby makes a group of each run of equal neighbours, and the last run wins. The groups come in
#     any order: collect the rows of each.


def group_accuracies(y, guess, groups):
    from itertools import groupby

    found, start = {}, 0
    for name, run in groupby(groups):
        size = len(list(run))
        found[name] = (y[start : start + size] == guess[start : start + size]).float().mean().item()
        start += size
    return found
