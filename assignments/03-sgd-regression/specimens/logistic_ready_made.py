"""torch's own."""
# fails: logistic_loss
# reason: forbidden_api

import torch.nn.functional as F


def logistic_loss(beta, X, y):
    return F.binary_cross_entropy_with_logits(X @ beta, y.to(X.dtype))
