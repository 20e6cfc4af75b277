"""First and last point only."""
# fails: loglog_slope
# hint: Only the first and the last point count. A least-squares line uses all of them.


def loglog_slope(sizes, errors):
    return math.log(errors[-1] / errors[0]) / math.log(sizes[-1] / sizes[0])
