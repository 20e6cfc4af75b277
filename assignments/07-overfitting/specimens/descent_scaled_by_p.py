"""Divides by p."""
# fails: double_descent
# hint: You divide the features by p, and not by its root.

import torch


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    train, test = [], []
    for p in sizes:
        phi, phi_test = (torch.relu(part @ W[:, :p]) / p for part in (x, x_test))
        theta = fit(phi, y, ridge)
        train.append(((phi @ theta - y) ** 2).mean().item())
        test.append(((phi_test @ theta - y_test) ** 2).mean().item())
    return train, test
