"""The labels as one-hot probabilities; the bounds from their reasons."""
# fails: nothing

import torch
import torch.nn.functional as F


def notes_loss_bounds():
    smallest_probability, largest_probability = 0.0, 1.0
    return tuple(-p for p in (largest_probability, smallest_probability))


def mended_loss(logits, y):
    targets = F.one_hot(y, num_classes=logits.size(-1)).to(logits.dtype)
    return torch.nn.CrossEntropyLoss()(logits, targets)
