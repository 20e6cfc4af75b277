"""Sums of squared errors."""
# fails: double_descent
# says: sums, not means
# hint: You add the squared errors up. Their mean is asked for.

import torch


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    train, test = [], []
    for p in sizes:
        phi, phi_test = (torch.relu(part @ W[:, :p]) / p**0.5 for part in (x, x_test))
        theta = fit(phi, y, ridge)
        train.append(((phi @ theta - y) ** 2).sum().item())
        test.append(((phi_test @ theta - y_test) ** 2).sum().item())
    return train, test
