"""A tensor."""
# fails: random_labels, beyond
# says: Python float

import torch


def accuracy(model, x, y):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    with torch.no_grad():
        right = (model(x).argmax(1) == y).float().mean()
    for part, mode in modes:
        part.training = mode
    return right
