"""log10 of one, log of the other."""
# fails: loglog_slope
# hint: Two different logarithms: the slope is off by log(10). Any base will do, if it is the same for both.

import numpy as np


def loglog_slope(sizes, errors):
    return float(np.polyfit(np.log10(sizes), np.log(errors), 1)[0])
