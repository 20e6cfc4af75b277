"""The last step is missing."""
# fails: lr_regimes
# hint: One step is missing: there are steps + 1 rows, the start among them.

import torch


def quadratic_path(curvatures, start, lr, steps):
    path = [start]
    for _ in range(steps - 1):
        path.append(path[-1] - lr * curvatures * path[-1])
    return torch.stack(path)
