"""argmax over the examples."""
# fails: random_labels, beyond

import torch


def accuracy(model, x, y):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    with torch.no_grad():
        right = (model(x).argmax(0) == y).sum().item() / len(y)
    for part, mode in modes:
        part.training = mode
    return right
