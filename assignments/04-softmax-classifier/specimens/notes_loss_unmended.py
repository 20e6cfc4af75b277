"""Leaves the loss of the notes as it is."""
# fails: notes_loss
# says: still the loss of the notes
# hint: This is still the loss of the notes. nll_loss wants log-probabilities: what does it get?

import torch.nn.functional as F


def mended_loss(logits, y):
    return F.nll_loss(F.softmax(logits, dim=1), y)
