"""Leaves the model in evaluation mode."""
# fails: random_labels, beyond
# hint: The model stays in evaluation mode: the training that goes on after your look has no dropout any more.

import torch


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(1) == y).float().mean().item()
