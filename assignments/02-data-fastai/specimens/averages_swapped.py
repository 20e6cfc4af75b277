"""Macro before micro."""
# fails: per_group
# says: swapped
# hint: The two averages are swapped: over examples first, over groups second.


def both_averages(y, guess, groups):
    by_group = group_accuracies(y, guess, groups)
    return sum(by_group.values()) / len(by_group), (y == guess).float().mean().item()
