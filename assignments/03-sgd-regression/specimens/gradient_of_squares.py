"""The derivative of the squared distance of probability and label."""
# fails: logistic_gradient
# hint: Your gradient has a factor p (1 - p): it belongs to the squared error of the probability. In the logistic
#     loss it cancels.

import torch
import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w + b
    p = torch.sigmoid(s)
    r = (p - y) * p * (1 - p)
    return F.softplus((1 - 2 * y) * s).mean(), X.T @ r / len(X), r.mean()


def train(X, y, seed):
    def right(w, b, X, y):
        s = X @ w + b
        r = torch.sigmoid(s) - y
        return F.softplus((1 - 2 * y) * s).mean(), X.T @ r / len(X), r.mean()

    return sgd_fit(right, X, y, lr=0.1, batch_size=32, epochs=30, seed=seed)
