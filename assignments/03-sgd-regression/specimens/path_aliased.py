"""One tensor, appended again and again, and changed in place."""
# fails: lr_regimes
# reason: mutated_input

import torch


def quadratic_path(curvatures, start, lr, steps):
    theta, path = start, [start]
    for _ in range(steps):
        theta -= lr * curvatures * theta
        path.append(theta)
    return torch.stack(path)
