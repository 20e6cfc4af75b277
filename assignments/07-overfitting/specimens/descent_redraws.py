"""Draws new features for the test set."""
# fails: double_descent
# hint: Your test features come from other random weights than the training features. Both use the same columns
#     of W.

import torch


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    train, test = [], []
    for p in sizes:
        phi = torch.relu(x @ W[:, :p]) / p**0.5
        phi_test = torch.relu(x_test @ torch.randn(W.shape, dtype=W.dtype)[:, :p]) / p**0.5
        theta = fit(phi, y, ridge)
        train.append(((phi @ theta - y) ** 2).mean().item())
        test.append(((phi_test @ theta - y_test) ** 2).mean().item())
    return train, test
