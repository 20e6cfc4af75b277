"""A column of ones, the loss of section 10, tanh for the sigmoid."""
# fails: nothing

import torch


def logistic_loss_and_grad(w, b, X, y):
    wide = torch.cat([X, torch.ones_like(X[:, :1])], dim=1)
    theta = torch.cat([w, b.reshape(1)])
    loss = logistic_loss(theta, wide, y)
    p = (1 + torch.tanh(wide @ theta / 2)) / 2
    slopes = torch.einsum("nd,n->d", wide, p - y.to(p.dtype)) / y.numel()
    return loss, slopes[:-1], slopes[-1]
