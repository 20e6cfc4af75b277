"""The slides' loss under the standard name."""
# fails: logistic_loss
# says: sign of the other convention
# hint: Your standard loss is that of the slides: a large score makes class 1 improbable in it.

import torch.nn.functional as F


def logistic_loss(beta, X, y):
    return F.softplus(-(1 - 2 * y) * (X @ beta)).mean()
