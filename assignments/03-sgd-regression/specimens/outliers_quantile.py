"""The midpoint of the two values in the middle, by quantile, and NumPy's mean."""
# fails: nothing

import numpy as np
import torch


def best_constants(y):
    mean = torch.tensor(np.mean(y.double().numpy()), dtype=y.dtype)
    return mean, torch.quantile(y, 0.5)


def mae_loss_and_grad(w, b, X, y):
    r = X.matmul(w).add(b).sub(y)
    s = torch.where(r > 0, 1.0, torch.where(r < 0, -1.0, 0.0)).to(X.dtype)
    return r.abs().sum() / r.numel(), (s.unsqueeze(1) * X).mean(dim=0), s.sum() / r.numel()
