"""Seeds torch's generator inside fork_rng, which puts it back."""
# fails: nothing

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        orders = [torch.randperm(len(X)) for _ in range(epochs)]
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for order in orders:
        total = 0.0
        for rows in order.split(batch_size):
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * len(rows)
        losses.append(total / len(X))
    return w, b, losses
