"""Forgets the ReLU: never more than d features."""
# fails: double_descent
# hint: There is no ReLU in your features, so that p of them are never worth more than the d inputs.


def descent_curve(x, y, x_test, y_test, W, sizes, ridge=0.0):
    train, test = [], []
    for p in sizes:
        phi, phi_test = x @ W[:, :p] / p**0.5, x_test @ W[:, :p] / p**0.5
        theta = fit(phi, y, ridge)
        train.append(((phi @ theta - y) ** 2).mean().item())
        test.append(((phi_test @ theta - y_test) ** 2).mean().item())
    return train, test
