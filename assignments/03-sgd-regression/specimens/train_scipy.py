"""scipy finds the minimum."""
# fails: train
# reason: forbidden_api

import numpy as np
import torch


def train(X, y, seed):
    from scipy.optimize import minimize

    rows = torch.randperm(len(X), generator=torch.Generator().manual_seed(seed))[: int(0.97 * len(X))]
    seen = []

    def f(theta):
        theta = torch.tensor(theta, dtype=X.dtype)
        loss, gw, gb = logistic_loss_and_grad(theta[:-1], theta[-1], X[rows], y[rows])
        seen.append(loss.item())
        slopes = torch.cat([gw + 0.02 * theta[:-1], gb[None]])
        return (loss + 0.01 * (theta[:-1] ** 2).sum()).item(), slopes.double().numpy()

    found = torch.tensor(minimize(f, np.zeros(X.shape[1] + 1), jac=True, method="L-BFGS-B").x).float()
    return found[:-1], found[-1], seen
