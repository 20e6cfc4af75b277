"""The last batch's loss for that of the epoch."""
# fails: sgd_fit
# says: loss of the last batch
# hint: You report the last batch's loss. Average over all examples of the epoch.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
        losses.append(float(loss))
    return w, b, losses
