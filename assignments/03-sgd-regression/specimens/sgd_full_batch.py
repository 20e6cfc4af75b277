"""Ignores the batch size."""
# fails: sgd_fit, train
# hint: Every step looks at all examples. batch_size says how many there should be.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        rows = torch.randperm(len(X), generator=generator)
        loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
        w, b = w - lr * gw, b - lr * gb
        losses.append(float(loss))
    return w, b, losses
