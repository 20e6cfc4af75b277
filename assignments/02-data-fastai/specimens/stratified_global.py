"""Seeds torch's shared generator."""
# fails: careful_splits
# hint: torch.manual_seed resets the generator that all code shares. Make one of your own.


def stratified_split(labels, valid_frac, seed):
    torch.manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(max(round(valid_frac * len(members)), 1), len(members) - 1)
        order = torch.randperm(len(members)).tolist()
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return train, valid
