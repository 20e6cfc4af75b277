"""Trains first and measures in a second pass over the loader: a different loss, and twice the work."""
# fails: train_epoch
# says: before each step
# hint: You measure in a second pass, after the training. Measure each batch when it comes by, before its step, and
#     pass over the loader once.

import torch
import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    for xb, yb in loader:
        opt.zero_grad()
        F.cross_entropy(model(xb), yb).backward()
        opt.step()
    total, right, seen = 0.0, 0, 0
    with torch.no_grad():
        for xb, yb in loader:
            scores = model(xb)
            total += F.cross_entropy(scores, yb).item() * len(yb)
            right += (scores.argmax(1) == yb).sum().item()
            seen += len(yb)
    return total / seen, right / seen
