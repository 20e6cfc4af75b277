"""Expects the curvatures in order."""
# fails: lr_regimes
# hint: You take the first and the last curvature for the smallest and the largest. They come in any order.


def critical_rates(curvatures):
    return 2 / curvatures[-1].item(), 2 / (curvatures[0] + curvatures[-1]).item()
