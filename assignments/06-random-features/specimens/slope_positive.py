"""Its absolute value."""
# fails: loglog_slope
# hint: The sign is lost: errors that fall have a negative slope.

import numpy as np


def loglog_slope(sizes, errors):
    return abs(float(np.polyfit(np.log(sizes), np.log(errors), 1)[0]))
