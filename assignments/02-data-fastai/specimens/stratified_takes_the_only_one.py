"""The only example of a class is held out."""
# fails: careful_splits
# hint: The only example of a class is held out, so the model never sees that class. At most m - 1.


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = max(round(valid_frac * len(members)), 1)
        order = torch.randperm(len(members), generator=generator).tolist()
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return train, valid
