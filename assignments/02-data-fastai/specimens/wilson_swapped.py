"""(high, low)."""
# fails: interval, shift_report
# hint: The ends are swapped: (low, high).


def wilson_interval(accuracy, n, z=1.96):
    centre, scale = accuracy + z**2 / (2 * n), 1 + z**2 / n
    reach = z * math.sqrt(accuracy * (1 - accuracy) / n + z**2 / (4 * n**2))
    return (centre + reach) / scale, (centre - reach) / scale
