"""Averages the batches' losses without their sizes: the short last batch counts as much as a full one."""
# fails: train_epoch
# says: Weigh
# hint: You average the batches' losses without their sizes, so a short last batch counts as much as a full one.
#     Multiply each by its number of examples.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / len(loader), right / seen
