"""Shuffles a set's order, which is another one each time Python starts."""
# fails: careful_splits
# hint: You shuffle a list made of a set: its order is another one whenever Python starts, and so is your split.
#     sorted(set(groups)).


def group_split(groups, valid_frac, seed):
    import random

    names = list(set(groups))
    if len(names) < 2:
        raise ValueError("two groups at least")
    n_valid = min(max(round(valid_frac * len(names)), 1), len(names) - 1)
    random.Random(seed).shuffle(names)
    held_out = names[:n_valid]
    return [i for i, g in enumerate(groups) if g not in held_out], [i for i, g in enumerate(groups) if g in held_out]
