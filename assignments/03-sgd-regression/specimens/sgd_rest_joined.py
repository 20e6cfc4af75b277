"""As many batches as fit, as equal as they can be."""
# fails: sgd_fit
# hint: Your batches are of about equal size. They should have batch_size examples, and the last one what is left
#     over.

import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    w, b, losses = X.new_zeros(X.shape[1]), X.new_zeros(()), []
    parts = -(-len(X) // batch_size)
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(X), generator=generator).tensor_split(parts):
            loss, gw, gb = loss_and_grad(w, b, X[rows], y[rows])
            w, b = w - lr * gw, b - lr * gb
            total += float(loss) * len(rows)
        losses.append(total / len(X))
    return w, b, losses
