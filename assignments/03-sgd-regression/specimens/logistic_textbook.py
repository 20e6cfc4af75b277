"""softplus(s) - y s, the form of textbooks."""
# fails: nothing

import torch.nn.functional as F


def logistic_loss(beta, X, y):
    s = X @ beta
    return (F.softplus(s) - y * s).mean()


def logistic_loss_slide(beta, X, y):
    return logistic_loss(to_slide(beta), X, y)
