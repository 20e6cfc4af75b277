"""log(error + 1e-8), lest an error be zero."""
# fails: loglog_slope
# hint: 1e-8 is added to the errors, and small errors are that size. They are positive: nothing need be added.


def loglog_slope(sizes, errors):
    x = torch.tensor(sizes, dtype=torch.float64).log()
    y = (torch.tensor(errors, dtype=torch.float64) + 1e-8).log()
    x = x - x.mean()
    return ((x * y).sum() / (x * x).sum()).item()
