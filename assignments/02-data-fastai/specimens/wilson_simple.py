"""The simple interval."""
# fails: interval, shift_report
# hint: That is the simple interval, which is [1, 1] for 20 of 20. Wilson's has two more terms with z.


def wilson_interval(accuracy, n, z=1.96):
    reach = z * math.sqrt(accuracy * (1 - accuracy) / n)
    return max(0.0, accuracy - reach), min(1.0, accuracy + reach)
