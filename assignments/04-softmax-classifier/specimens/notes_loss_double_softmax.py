"""Hands probabilities to F.cross_entropy, which applies softmax a second time: it trains, slowly, and never below 1.46
for ten classes."""
# fails: notes_loss
# says: applied twice
# hint: You hand probabilities to F.cross_entropy, which applies softmax a second time. Which of the two should go?

import torch.nn.functional as F


def mended_loss(logits, y):
    return F.cross_entropy(F.softmax(logits, dim=1), y)
