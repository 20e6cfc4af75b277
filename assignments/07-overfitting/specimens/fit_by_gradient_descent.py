"""A thousand steps of gradient descent, which come near."""
# fails: curve_fitting, double_descent

import torch


def fit(phi, y, ridge=0.0):
    theta = torch.zeros(phi.shape[1], dtype=phi.dtype)
    rate = 1 / (torch.linalg.matrix_norm(phi, 2) ** 2 + ridge)
    for _ in range(200):
        theta = theta - rate * (phi.T @ (phi @ theta - y) + ridge * theta)
    return theta
