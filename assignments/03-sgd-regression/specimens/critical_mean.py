"""The best rate from the mean of all curvatures: right for two of them."""
# fails: lr_regimes
# hint: Your best rate uses all curvatures. Only the two extremes decide about the largest factor.


def critical_rates(curvatures):
    return 2 / curvatures.max().item(), 1 / curvatures.mean().item()
