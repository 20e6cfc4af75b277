"""Leaves the short last batch out."""
# fails: train_epoch
# hint: The short last batch is left out. It is part of the epoch: use every batch of the loader.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        if seen and len(yb) < size:
            continue
        size = len(yb)
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / seen, right / seen
