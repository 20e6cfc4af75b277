"""The mean over examples twice."""
# fails: per_group
# hint: You weigh each group by its size, which is the mean over examples again. Over groups: each counts once.


def both_averages(y, guess, groups):
    by_group = group_accuracies(y, guess, groups)
    weighted = sum(v * groups.count(n) for n, v in by_group.items()) / len(groups)
    return (y == guess).float().mean().item(), weighted
