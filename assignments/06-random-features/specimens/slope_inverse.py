"""Sizes as a function of errors."""
# fails: loglog_slope
# hint: Sizes and errors are exchanged: divide by the variance of the logarithms of the sizes.


def loglog_slope(sizes, errors):
    n, e = torch.tensor(sizes, dtype=torch.float64).log(), torch.tensor(errors, dtype=torch.float64).log()
    e = e - e.mean()
    return ((n * e).sum() / (e * e).sum().clamp(min=1e-30)).item()
