"""Not divided by 1 + z²/n."""
# fails: interval, shift_report
# hint: The whole is still to be divided by 1 + z²/n.


def wilson_interval(accuracy, n, z=1.96):
    centre = accuracy + z**2 / (2 * n)
    reach = z * math.sqrt(accuracy * (1 - accuracy) / n + z**2 / (4 * n**2))
    return max(0.0, centre - reach), min(1.0, centre + reach)
