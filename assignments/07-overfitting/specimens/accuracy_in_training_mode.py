"""Never switches: dropout drops, batch norm moves."""
# fails: random_labels, beyond
# hint: You never switch to evaluation mode: dropout drops, and a batch norm's statistics move.

import torch


def accuracy(model, x, y):
    with torch.no_grad():
        return (model(x).argmax(1) == y).sum().item() / len(y)
