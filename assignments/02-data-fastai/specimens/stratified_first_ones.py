"""Always the first ones of each class."""
# fails: careful_splits
# hint: You always hold out the first ones of each class, whatever the seed. Shuffle the members.


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(max(round(valid_frac * len(members)), 1), len(members) - 1)
        order = list(range(len(members)))
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return train, valid
