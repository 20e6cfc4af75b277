"""Knows the loss better: computes the gradient of the mean squared error itself."""
# fails: sgd_fit, train
# hint: You compute the gradient of the squared error yourself. Take the gradient that loss_and_grad returns: it
#     decides which loss is descended.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            loss, _, _ = loss_and_grad(w, b, X[rows], y[rows])
            r = X[rows] @ w + b - y[rows]
            w, b = w - lr * 2 * X[rows].T @ r / len(r), b - lr * 2 * r.mean()
            total += float(loss) * len(rows)
        losses.append(total / len(X))
    return w, b, losses
