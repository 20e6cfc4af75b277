"""One factor for all directions."""
# fails: lr_regimes
# hint: Every direction shrinks by the same factor in your walk. Each has a curvature of its own.

import torch


def quadratic_path(curvatures, start, lr, steps):
    return torch.stack([start * (1 - lr * curvatures.mean()) ** t for t in range(steps + 1)])
