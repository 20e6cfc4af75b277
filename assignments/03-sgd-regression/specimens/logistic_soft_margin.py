"""The ready-made loss of another name."""
# fails: logistic_loss
# reason: forbidden_api

from torch.nn import SoftMarginLoss


def logistic_loss_slide(beta, X, y):
    return SoftMarginLoss()(X @ beta, (1 - 2 * y).to(X.dtype))
