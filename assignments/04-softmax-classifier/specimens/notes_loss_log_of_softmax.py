"""Adds the missing log after softmax: right for small scores, infinite for large ones."""
# fails: notes_loss
# says: not the log of softmax
# hint: You take the log of a softmax, infinite as soon as a probability underflows to 0. Use the function that does
#     both in one step.

import torch
import torch.nn.functional as F


def mended_loss(logits, y):
    return F.nll_loss(torch.log(F.softmax(logits, dim=1)), y)
