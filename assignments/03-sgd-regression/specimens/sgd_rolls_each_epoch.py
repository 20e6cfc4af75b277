"""One permutation, which begins elsewhere in each epoch."""
# fails: sgd_fit
# says: the same neighbours
# hint: You draw one permutation and shift it from epoch to epoch: neighbours stay
#     neighbours. Draw a new one in each epoch.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    order = torch.randperm(len(X), generator=torch.Generator().manual_seed(seed))
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for epoch in range(epochs):
        total = 0.0
        for rows in order.roll(epoch).split(batch_size):
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * len(rows)
        losses.append(total / len(X))
    return w, b, losses
