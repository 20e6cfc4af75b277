"""A wrong factor at the mixed term: the nearest mean to 1.5 x."""

# fails: nearest_mean
# hint: Your mixed term has the wrong factor: multiply |x - m|² out. What is left without |x|², and with which factors?


def nearest_mean(means, x):
    return (3 * x @ means.T - (means**2).sum(dim=1)).argmax(dim=1)
