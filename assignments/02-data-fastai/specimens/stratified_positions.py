"""Positions within the class for rows."""
# fails: careful_splits
# hint: order holds positions *within* the class. The rows are members[i] for i in order.


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid = [], []
    for name in sorted(set(labels)):
        members = [i for i, label in enumerate(labels) if label == name]
        n_valid = min(max(round(valid_frac * len(members)), 1), len(members) - 1)
        order = torch.randperm(len(members), generator=generator).tolist()
        valid += order[:n_valid]
        train += order[n_valid:]
    return train, valid
