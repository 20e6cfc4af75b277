"""The mean for both."""
# fails: outliers
# says: is the mean as well
# hint: You give the mean for both losses. Of the absolute error the median is the minimum.


def best_constants(y):
    return y.mean(), y.mean()
