"""NumPy's generator, in-place steps on tensors of its own, a while loop."""
# fails: nothing

import numpy as np
import torch


def sgd_fit(loss_and_grad, X, y, lr, batch_size, epochs, seed):
    rng = np.random.default_rng(seed)
    weights, bias = torch.zeros_like(X[0]), torch.zeros((), dtype=X.dtype)
    history = np.zeros(epochs)
    for epoch in range(epochs):
        order = torch.from_numpy(rng.permutation(X.shape[0]))
        while len(order):
            now, order = order[:batch_size], order[batch_size:]
            loss, dw, db = loss_and_grad(weights.clone(), bias.clone(), X.index_select(0, now), y.index_select(0, now))
            weights.sub_(dw, alpha=lr)
            bias.sub_(db, alpha=lr)
            history[epoch] += loss.item() * len(now) / len(X)
    return weights, bias, history.tolist()
