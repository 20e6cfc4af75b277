"""A rare class is never held out."""
# fails: careful_splits
# hint: A class with few examples gets none held out: at least 1, where there are two or more.


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(round(valid_frac * len(members)), len(members) - 1)
        order = torch.randperm(len(members), generator=generator).tolist()
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return train, valid
