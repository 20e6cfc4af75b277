"""Calls zero_grad first."""
# fails: random_labels
# says: gradients

import torch


def accuracy(model, x, y):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    model.zero_grad()
    with torch.no_grad():
        right = (model(x).argmax(1) == y).sum().item() / len(y)
    for part, mode in modes:
        part.training = mode
    return right
