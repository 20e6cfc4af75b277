"""The flattest direction for the steepest."""
# fails: lr_regimes
# hint: Your limit comes from the smallest curvature. The steepest direction diverges first.


def critical_rates(curvatures):
    top, bottom = curvatures.max().item(), curvatures.min().item()
    return 2 / bottom, 2 / (top + bottom)
