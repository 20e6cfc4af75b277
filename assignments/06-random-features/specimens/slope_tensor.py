"""A tensor."""
# fails: loglog_slope
# hint: A tensor of one number is not a Python float: .item().


def loglog_slope(sizes, errors):
    n, e = torch.tensor(sizes, dtype=torch.float64).log(), torch.tensor(errors, dtype=torch.float64).log()
    n = n - n.mean()
    return (n * e).sum() / (n * n).sum()
