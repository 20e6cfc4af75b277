"""Always 95 %."""
# fails: interval
# hint: You use 1.96 whatever z was passed.


def wilson_interval(accuracy, n, z=1.96):
    z = 1.96
    centre, scale = accuracy + z**2 / (2 * n), 1 + z**2 / n
    reach = z * math.sqrt(accuracy * (1 - accuracy) / n + z**2 / (4 * n**2))
    return (centre - reach) / scale, (centre + reach) / scale
