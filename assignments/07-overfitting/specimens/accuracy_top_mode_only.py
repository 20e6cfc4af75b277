"""Restores the mode of the whole, and with it switches on a part that was frozen."""
# fails: random_labels
# hint: You give the model's own mode back to all parts. A part that was in another one (a frozen batch norm) is
#     then switched over.

import torch


def accuracy(model, x, y):
    mode = model.training
    model.eval()
    with torch.no_grad():
        result = (model(x).argmax(1) == y).sum().item() / len(y)
    model.train(mode)
    return result
