"""The number of right answers."""
# fails: random_labels, beyond
# hint: You give the number of right answers. The fraction is asked for.

import torch


def accuracy(model, x, y):
    modes = [(part, part.training) for part in model.modules()]
    model.eval()
    with torch.no_grad():
        right = float((model(x).argmax(1) == y).sum())
    for part, mode in modes:
        part.training = mode
    return right
