"""The gradient of sum(c * theta**2), without the half."""
# fails: lr_regimes
# hint: Your gradient is 2 * curvatures * theta. The bowl has a 1/2 in front, which the 2 cancels.

import torch


def quadratic_path(curvatures, start, lr, steps):
    path = [start]
    for _ in range(steps):
        path.append(path[-1] - lr * 2 * curvatures * path[-1])
    return torch.stack(path)
