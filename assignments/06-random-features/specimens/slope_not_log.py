"""No logarithms."""
# fails: loglog_slope
# hint: The line is fitted to the numbers themselves: take the logarithm of both.


def loglog_slope(sizes, errors):
    n, e = torch.tensor(sizes, dtype=torch.float64), torch.tensor(errors, dtype=torch.float64)
    n = n - n.mean()
    return ((n * e).sum() / (n * n).sum()).item()
