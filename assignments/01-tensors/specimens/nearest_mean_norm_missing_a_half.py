"""x·m - |m|²: the square of the length counts twice."""

# fails: nearest_mean
# hint: Your score weighs the length of the means twice. Multiply |x - m|² out: what is left without |x|², and with
#     which factors?


def nearest_mean(means, x):
    return (x @ means.T - (means**2).sum(1)).argmax(1)
