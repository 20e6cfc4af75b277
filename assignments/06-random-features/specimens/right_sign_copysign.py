"""One example at a time, and copysign: a sum that begins with +0.0 is never -0.0."""
# fails: nothing

import torch


def rf_sign(X, M, b):
    if X.ndim != 2 or M.ndim != 2 or X.shape[1] != M.shape[1] or b.shape != M.shape[:1]:
        raise ValueError("shapes")
    return torch.copysign(torch.ones((), dtype=X.dtype), torch.stack([(x * M).sum(1) + b for x in X]))
