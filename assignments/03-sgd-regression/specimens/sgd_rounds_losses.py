"""Losses rounded to four digits behind the point."""
# fails: sgd_fit

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b = X.new_zeros(X.shape[1]), X.new_zeros(())
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            loss, *gradients = loss_and_grad(w, b, X[rows], y[rows])
            w, b = gd_step([w, b], gradients, lr)
            total += float(loss) * len(rows)
        losses.append(round(total / len(X), 4))
    return w, b, losses
