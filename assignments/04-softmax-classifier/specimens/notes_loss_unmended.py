"""Leaves the loss of the notes as it is."""
# fails: notes_loss
# says: still the loss of the notes

import torch.nn.functional as F


def mended_loss(logits, y):
    return F.nll_loss(F.softmax(logits, dim=1), y)
