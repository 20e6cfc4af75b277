"""Takes the labels for sorted."""
# fails: careful_splits
# hint: You count as if the labels were sorted. They come in any order: collect the rows of each class.


def stratified_split(labels, valid_frac, seed):
    generator = torch.Generator().manual_seed(seed)
    train, valid, start = [], [], 0
    for name in sorted(set(labels)):
        m = labels.count(name)
        n_valid = min(max(round(valid_frac * m), 1), m - 1)
        order = [start + i for i in torch.randperm(m, generator=generator).tolist()]
        valid, train, start = valid + order[:n_valid], train + order[n_valid:], start + m
    return train, valid
