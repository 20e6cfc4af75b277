"""Stops as soon as it is near the minimum."""
# fails: lr_regimes
# hint: Your walk ends before its last step, where it is near the minimum already. There are steps + 1 rows in any case.

import torch


def quadratic_path(curvatures, start, lr, steps):
    rows = [start]
    for _ in range(steps):
        rows.append(rows[-1] - lr * curvatures * rows[-1])
        if rows[-1].abs().max() < 1e-4:
            break
    return torch.stack(rows)
