"""Adds each gradient to those before: what happens without zero_grad."""
# fails: sgd_fit, train
# hint: The gradients of earlier batches are still in your step: they pile up, as without zero_grad(). Each step
#     takes the gradient of its own batch.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    gw, gb = X.new_zeros(X.shape[1]), X.new_zeros(())
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(X), generator=generator).split(batch_size):
            loss, dw, db = loss_and_grad(w, b, X[rows], y[rows])
            gw, gb = gw + dw, gb + db
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * len(rows)
        losses.append(total / len(X))
    return w, b, losses
