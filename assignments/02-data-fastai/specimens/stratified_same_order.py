"""A fresh generator for each class: classes of one size are split alike."""
# fails: nothing


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(max(round(valid_frac * len(members)), 1), len(members) - 1)
        order = torch.randperm(len(members), generator=torch.Generator().manual_seed(seed)).tolist()
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return train, valid
