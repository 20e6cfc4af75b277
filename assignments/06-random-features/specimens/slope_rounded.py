"""Rounds to three digits."""
# fails: loglog_slope
# hint: The slope is rounded to three digits. Rounding is for printing.


def loglog_slope(sizes, errors):
    x = torch.tensor(sizes, dtype=torch.float64).log()
    y = torch.tensor(errors, dtype=torch.float64).log()
    x = x - x.mean()
    return round(((x * y).sum() / (x * x).sum()).item(), 3)
