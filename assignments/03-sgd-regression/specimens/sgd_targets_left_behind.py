"""Shuffles the inputs and not the targets."""
# fails: sgd_fit, train
# says: do not belong to its examples
# hint: The inputs are shuffled, the targets are not. Use the same indices for both.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        X, total = X[torch.randperm(len(X), generator=generator)], 0.0
        for xs, ys in zip(X.split(batch_size), y.split(batch_size)):
            loss, gw, gb = loss_and_grad(w, b, xs, ys)
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * len(xs)
        losses.append(total / len(X))
    return w, b, losses
