"""Switches everything back to training, whatever it was."""
# fails: random_labels
# hint: You switch to training mode at the end, whatever the mode was when the model came.

import torch


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        result = (model(x).argmax(1) == y).float().mean().item()
    model.train()
    return result
