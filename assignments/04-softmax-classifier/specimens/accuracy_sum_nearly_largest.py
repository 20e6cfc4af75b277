"""Counts a label whose score is nearly the largest."""
# fails: accuracy_sum
# hint: You count labels whose score is only nearly the largest. The guess is one class: the argmax.

import torch


def accuracy_sum(logits, labels):
    return torch.isclose(logits.gather(1, labels[:, None])[:, 0], logits.amax(1), rtol=0.05).sum()
