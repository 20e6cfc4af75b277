"""Closed form, by powers."""
# fails: nothing

import torch


def quadratic_path(curvatures, start, lr, steps):
    t = torch.arange(steps + 1, dtype=start.dtype)[:, None]
    return start * torch.pow(1 - lr * curvatures, t)


def lr_regime(curvatures, start, lr, steps):
    import numpy as np

    c, theta = curvatures.double().numpy(), start.double().numpy()
    with np.errstate(all="ignore"):
        first, last = (c * theta**2).sum(), (c * (theta * (1 - lr * c) ** steps) ** 2).sum()
    if not np.isfinite(last) or last > first:
        return "diverges"
    return "slow" if last >= first / 100 else "converges"


def critical_rates(curvatures):
    ordered = sorted(curvatures.tolist())
    return 2.0 / ordered[-1], 2.0 / (ordered[0] + ordered[-1])
