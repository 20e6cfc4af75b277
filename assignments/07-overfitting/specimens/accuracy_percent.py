"""Percent."""
# fails: random_labels, beyond
# hint: You give percent. The fraction is asked for, between 0 and 1.

import torch


def accuracy(model, x, y):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    with torch.no_grad():
        right = 100 * (model(x).argmax(1) == y).sum().item() / len(y)
    for part, mode in modes:
        part.training = mode
    return right
