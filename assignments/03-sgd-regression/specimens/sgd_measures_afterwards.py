"""Measures the loss of the whole data set after each epoch, by one more call."""
# fails: sgd_fit
# says: called too often

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            _, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
        losses.append(float(loss_and_grad(w, b, X, y)[0]))
    return w, b, losses
