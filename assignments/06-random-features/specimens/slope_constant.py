"""Returns the line's height."""
# fails: loglog_slope
# hint: np.polyfit gives the slope first, and the height second.

import numpy as np


def loglog_slope(sizes, errors):
    return float(np.polyfit(np.log(sizes), np.log(errors), 1)[1])
