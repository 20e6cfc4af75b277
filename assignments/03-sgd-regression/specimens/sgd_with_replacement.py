"""Draws each batch anew."""
# fails: sgd_fit
# says: Cut a permutation
# hint: You draw each batch anew, so that in an epoch some examples come twice and others never. Cut one permutation
#     into batches.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses, n = X.new_zeros(X.shape[1]), X.new_zeros(()), [], len(X)
    for _ in range(epochs):
        total = 0.0
        for first in range(0, n, batch_size):
            size = min(batch_size, n - first)
            rows = torch.randint(0, n, (size,), generator=generator)
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * size
        losses.append(total / n)
    return w, b, losses
