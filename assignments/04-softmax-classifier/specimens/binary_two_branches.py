"""One formula for each sign, over scores that were made safe before exp."""
# fails: nothing

import torch
import torch.nn.functional as F


def sigmoid_from_softmax(z):
    e = torch.exp(-z.abs())
    return torch.where(z >= 0, 1, e) / (1 + e)


def bce_with_logits(z, t):
    total = torch.zeros((), dtype=z.dtype)
    for score, label in zip(z.reshape(-1), t.reshape(-1)):
        total = total + label * F.softplus(-score) + (1 - label) * F.softplus(score)
    return total / z.nelement()
