"""A plain random split: every group on both sides."""
# fails: careful_splits
# says: both sides
# hint: Groups are torn apart: pictures of one writer are on both sides, and the estimate will be too good. Draw
#     groups, not rows.


def group_split(groups, valid_frac, seed):
    if len(set(groups)) < 2:
        raise ValueError
    return random_split(len(groups), valid_frac, seed)
