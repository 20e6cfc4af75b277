"""The start is missing: steps rows."""
# fails: lr_regimes
# hint: The start is missing. Row 0 is theta before any step, so that there are steps + 1 rows.

import torch


def quadratic_path(curvatures, start, lr, steps):
    theta, path = start, []
    for _ in range(steps):
        theta = theta - lr * curvatures * theta
        path.append(theta)
    return torch.stack(path) if path else start[None][:0]
