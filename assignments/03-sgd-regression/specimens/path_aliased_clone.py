"""The caller's start is safe, and still all rows are the same tensor."""
# fails: lr_regimes
# hint: Every row of your path is one and the same tensor, changed in place: all rows show the end. Make a new
#     tensor in each step.

import torch


def quadratic_path(curvatures, start, lr, steps):
    theta = start.clone()
    path = [theta]
    for _ in range(steps):
        theta -= lr * curvatures * theta
        path.append(theta)
    return torch.stack(path)
