"""Rounds a probability at 0.5: with more than two classes the largest may be below it."""
# fails: accuracy_sum
# hint: You ask whether the correct class has a probability above 0.5. With more than two classes the largest may be
#     smaller: compare positions, not probabilities.

import torch


def accuracy_sum(logits, labels):
    probs = torch.softmax(logits, dim=1)
    return (probs[torch.arange(len(labels)), labels] > 0.5).sum()
