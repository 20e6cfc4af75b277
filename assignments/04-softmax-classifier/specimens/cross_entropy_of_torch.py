"""Calls the loss that was to be written, through the module's class."""
# fails: cross_entropy
# reason: forbidden_api

from torch import nn


def cross_entropy(logits, y, reduction="mean"):
    return nn.CrossEntropyLoss(reduction=reduction)(logits, y)
