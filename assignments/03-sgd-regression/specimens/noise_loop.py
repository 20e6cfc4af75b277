"""Example by example."""
# fails: batch_noise
# reason: forbidden_api

import torch


def per_example_gradients(w, b, X, y):
    rows = []
    for x, t in zip(X, y):
        _, gw, gb = mse_loss_and_grad(w, b, x[None], t[None])
        rows.append(torch.cat([gw, gb[None]]))
    return torch.stack(rows)
