"""The parts are swapped."""
# fails: careful_splits
# hint: The parts are swapped: (train, valid), and valid is the one that valid_frac counts.


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(max(round(valid_frac * len(members)), 1), len(members) - 1)
        order = torch.randperm(len(members), generator=generator).tolist()
        valid += [members[i] for i in order[:n_valid]]
        train += [members[i] for i in order[n_valid:]]
    return valid, train
