"""log(1 + exp(-s)): exp(89) is infinite in float32."""
# fails: logistic_loss

import torch


def logistic_loss_slide(beta, X, y):
    return torch.log(1 + torch.exp(-((-1) ** y) * (X @ beta))).mean()
