"""The score for the probability: linear regression on labels."""
# fails: logistic_gradient, train
# hint: You subtract the label from the score. Put the score through the sigmoid first.

import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w + b
    r = s - y
    return F.softplus((1 - 2 * y) * s).mean(), X.T @ r / len(X), r.mean()
