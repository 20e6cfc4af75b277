"""Log of the errors only."""
# fails: loglog_slope
# hint: Only the errors are logarithms. The sizes are, too.


def loglog_slope(sizes, errors):
    n, e = torch.tensor(sizes, dtype=torch.float64), torch.tensor(errors, dtype=torch.float64).log()
    n = n - n.mean()
    return ((n * e).sum() / (n * n).sum()).item()
