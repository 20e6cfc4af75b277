"""Splits within each group: the opposite."""
# fails: careful_splits
# hint: You split *within* each group, so that each is on both sides. That is the opposite of what is asked: whole
#     groups.


def group_split(groups, valid_frac, seed):
    if len(set(groups)) < 2:
        raise ValueError
    return stratified_split(groups, valid_frac, seed)
