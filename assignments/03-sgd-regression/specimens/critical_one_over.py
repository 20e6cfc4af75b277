"""1 / largest for the limit."""
# fails: lr_regimes
# says: diverges beyond -1
# hint: At 1 / (largest curvature) that direction is at its minimum in one step. It diverges only from twice this
#     rate on.


def critical_rates(curvatures):
    top, bottom = curvatures.max().item(), curvatures.min().item()
    return 1 / top, 2 / (top + bottom)
