"""Leaves the short last batch out."""
# fails: sgd_fit
# says: shorter batch is left out
# hint: The short last batch is left out. Its examples belong to the epoch too.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        order, total, seen = torch.randperm(len(X), generator=generator), 0.0, 0
        for k in range(max(1, len(X) // batch_size)):
            rows = order[k * batch_size : (k + 1) * batch_size]
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
            total, seen = total + float(loss) * len(rows), seen + len(rows)
        losses.append(total / seen)
    return w, b, losses
