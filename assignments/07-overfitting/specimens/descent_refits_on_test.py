"""Fits anew on the test set."""
# fails: double_descent
# hint: You fit the test targets. The coefficients come from the training set alone.

import torch


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    train, test = [], []
    for p in sizes:
        for inputs, targets, errors in ((x, y, train), (x_test, y_test, test)):
            phi = torch.relu(inputs @ W[:, :p]) / p**0.5
            theta = fit(phi, targets, ridge)
            errors.append(((phi @ theta - targets) ** 2).mean().item())
    return train, test
