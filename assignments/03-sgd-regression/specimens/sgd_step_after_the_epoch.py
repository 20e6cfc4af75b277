"""One step an epoch, with the last batch's gradient."""
# fails: sgd_fit, train
# hint: You step once for each epoch, after the inner loop. Step after every batch.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            total += float(loss) * len(rows)
        w, b = w - lr * gw, b - lr * gb
        losses.append(total / len(X))
    return w, b, losses
