"""Rounds the probability of class 0 and calls it the class."""
# fails: logistic_loss
# hint: Your classes are exchanged: sigmoid(x @ beta) is the probability of class 0 on the slides, so that a
#     positive score means class 0.

import torch


def predict_slide(beta, X):
    return torch.sigmoid(X @ beta).round().long()
