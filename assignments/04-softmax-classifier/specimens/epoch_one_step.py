"""Adds the losses of all batches and steps once, at the end."""
# fails: train_epoch, train
# hint: You step once, at the end of the epoch. Every batch has a step of its own.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    opt.zero_grad()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    opt.step()
    return total / seen, right / seen
