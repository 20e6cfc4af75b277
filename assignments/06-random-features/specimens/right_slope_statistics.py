"""The standard library's least squares."""
# fails: nothing

import statistics
from math import log2


def loglog_slope(sizes, errors):
    return statistics.linear_regression([log2(n) for n in sizes], [log2(e) for e in errors]).slope
