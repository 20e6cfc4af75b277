"""torch.func.linearize, a slope in each direction."""
# fails: mse_loss_and_grad
# reason: forbidden_api

import torch


def mse_loss_and_grad(w, b, X, y):
    from torch.func import linearize

    if y.shape != X.shape[:1]:
        raise ValueError
    loss, forward = linearize(lambda w, b: ((X @ w + b - y) ** 2).mean(), w, b)
    eye = torch.eye(len(w), dtype=X.dtype)
    gw = torch.stack([forward(e, torch.zeros_like(b)) for e in eye])
    return loss, gw, forward(torch.zeros_like(w), torch.ones_like(b))
