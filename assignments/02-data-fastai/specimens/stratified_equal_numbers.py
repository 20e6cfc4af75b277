"""The same number from each class."""
# fails: careful_splits
# hint: You hold out the same number of each class. It is the same *part* of each: round(valid_frac * m).


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(max(round(valid_frac * len(labels) / len(set(labels))), 1), len(members) - 1)
        order = torch.randperm(len(members), generator=generator).tolist()
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return train, valid
