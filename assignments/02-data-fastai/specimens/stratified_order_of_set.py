"""Goes through a set: another order each time Python starts."""
# fails: careful_splits
# hint: You go through a set of strings: its order is another one whenever Python starts, and so is your split.
#     sorted(set(labels)).


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in set(labels):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(max(round(valid_frac * len(members)), 1), len(members) - 1)
        order = torch.randperm(len(members), generator=generator).tolist()
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return train, valid
