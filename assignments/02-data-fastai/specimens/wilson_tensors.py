"""Tensors for floats."""
# fails: interval, shift_report


def wilson_interval(accuracy, n, z=1.96):
    p = torch.tensor(accuracy, dtype=torch.float64)
    centre, reach = p + z**2 / (2 * n), z * (p * (1 - p) / n + z**2 / (4 * n**2)).sqrt()
    return ((centre - reach) / (1 + z**2 / n)).clamp(0, 1), ((centre + reach) / (1 + z**2 / n)).clamp(0, 1)
