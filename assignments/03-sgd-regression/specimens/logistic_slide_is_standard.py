"""The standard loss under the slides' name."""
# fails: logistic_loss
# says: sign of the other convention
# hint: Your loss of the slides is the standard one. (-1)**0 is +1: on the slides, class 0 is the positive side.

import torch.nn.functional as F


def logistic_loss_slide(beta, X, y):
    return F.softplus(-(2 * y - 1) * (X @ beta)).mean()
