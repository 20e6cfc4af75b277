"""Fills up to a part of the examples."""
# fails: careful_splits
# hint: You fill up until valid_frac of the *examples* is held out. Here it is a part of the *groups*:
#     round(valid_frac * G) of them.


def group_split(groups, valid_frac, seed):
    names = sorted(set(groups))
    if len(names) < 2:
        raise ValueError("two groups at least")
    order = torch.randperm(len(names), generator=torch.Generator().manual_seed(seed)).tolist()
    held_out, count = set(), 0
    for i in order[:-1]:
        if count < valid_frac * len(groups):
            held_out.add(names[i])
            count += groups.count(names[i])
    train = [i for i, group in enumerate(groups) if group not in held_out]
    valid = [i for i, group in enumerate(groups) if group in held_out]
    return train, valid
