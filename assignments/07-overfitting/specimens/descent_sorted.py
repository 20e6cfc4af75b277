"""Goes through the sizes in ascending order."""
# fails: double_descent
# says: order of sizes
# hint: You sort the sizes. The errors are asked for in the order in which sizes come.

import torch


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    train, test = [], []
    for p in sorted(sizes):
        phi, phi_test = (torch.relu(part @ W[:, :p]) / p**0.5 for part in (x, x_test))
        theta = fit(phi, y, ridge)
        train.append(((phi @ theta - y) ** 2).mean().item())
        test.append(((phi_test @ theta - y_test) ** 2).mean().item())
    return train, test
