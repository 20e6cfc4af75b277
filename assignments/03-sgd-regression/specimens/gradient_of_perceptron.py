"""Guesses in place of probabilities: the perceptron."""
# fails: logistic_gradient, train
# hint: You compare the label with the guess, 0 or 1. That is the perceptron: take the probability.

import torch.nn.functional as F


def logistic_loss_and_grad(w, b, X, y):
    s = X @ w + b
    r = (s > 0).to(X.dtype) - y
    return F.softplus((1 - 2 * y) * s).mean(), X.T @ r / len(X), r.mean()
