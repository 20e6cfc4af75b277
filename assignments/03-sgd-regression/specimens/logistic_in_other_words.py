"""logaddexp, (-1)**y as the slides write it, masks, and a prediction from the two probabilities."""
# fails: nothing

import torch
import torch.nn.functional as F


def logistic_loss_slide(beta, X, y):
    s = (-1) ** y * X.mv(beta)
    return torch.logaddexp(torch.zeros_like(s), -s).mean()


def logistic_loss(beta, X, y):
    scores = torch.einsum("nd,d->n", X, beta)
    return -F.logsigmoid(torch.where(y == 1, scores, -scores)).sum() / y.shape[0]


def to_slide(beta):
    return beta * -1.0


def predict_slide(beta, X):
    p_zero = torch.sigmoid(X.double() @ beta.double())
    return torch.stack([p_zero, 1 - p_zero], dim=1).argmax(dim=1)
