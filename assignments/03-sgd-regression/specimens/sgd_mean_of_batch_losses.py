"""Averages the batches' means."""
# fails: sgd_fit
# says: Weigh each loss by the size of its batch
# hint: You average the losses of the batches. The last batch is shorter, and its examples count too much.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        found = []
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
            found.append(float(loss))
        losses.append(sum(found) / len(found))
    return w, b, losses
