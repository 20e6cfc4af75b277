"""Shifts the order by a random number, in place of shuffling."""
# fails: sgd_fit
# hint: The examples keep their order and only begin elsewhere. Shuffle them: torch.randperm.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        total, by = 0.0, int(torch.randint(1, max(2, len(X)), (), generator=generator))
        for rows in torch.arange(len(X)).roll(by).split(batch_size):
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * len(rows)
        losses.append(total / len(X))
    return w, b, losses
