"""4n for 4n²."""
# fails: interval, shift_report
# hint: Inside the root stands z² / (4 n²), with n squared.


def wilson_interval(accuracy, n, z=1.96):
    centre, scale = accuracy + z**2 / (2 * n), 1 + z**2 / n
    reach = z * math.sqrt(accuracy * (1 - accuracy) / n + z**2 / (4 * n))
    return max(0.0, (centre - reach) / scale), min(1.0, (centre + reach) / scale)
