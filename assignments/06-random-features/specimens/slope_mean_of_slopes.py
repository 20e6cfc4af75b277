"""The mean of neighbouring slopes."""
# fails: loglog_slope
# hint: The mean of the slopes between neighbours is not the slope of the least-squares line.


def loglog_slope(sizes, errors):
    steps = range(len(sizes) - 1)
    slopes = [math.log(errors[i + 1] / errors[i]) / math.log(sizes[i + 1] / sizes[i]) for i in steps]
    return sum(slopes) / len(slopes)
