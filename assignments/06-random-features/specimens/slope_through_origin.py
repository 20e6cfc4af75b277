"""A line through the origin."""
# fails: loglog_slope
# hint: The line goes through the origin, as if C were 1. Subtract the mean of the log sizes first.


def loglog_slope(sizes, errors):
    n, e = torch.tensor(sizes, dtype=torch.float64).log(), torch.tensor(errors, dtype=torch.float64).log()
    return ((n * e).sum() / (n * n).sum()).item()
