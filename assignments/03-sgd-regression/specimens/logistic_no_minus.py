"""The mean log-probability."""
# fails: logistic_loss
# says: minus that
# hint: This is the mean log-probability. The loss is minus that.

import torch.nn.functional as F


def logistic_loss_slide(beta, X, y):
    return F.logsigmoid((1 - 2 * y) * (X @ beta)).mean()
