"""Only the centre is divided."""
# fails: interval, shift_report
# hint: You divide the centre by 1 + z²/n, and not the reach. Both are above the line.


def wilson_interval(accuracy, n, z=1.96):
    scale = 1 + z**2 / n
    centre = (accuracy + z**2 / (2 * n)) / scale
    reach = z * math.sqrt(accuracy * (1 - accuracy) / n + z**2 / (4 * n**2))
    return max(0.0, centre - reach), min(1.0, centre + reach)
