"""Clips the gradients' norm."""
# fails: train_epoch
# hint: Something changes the gradients between backward() and step(): clipping was not asked for.

import torch.nn.functional as F
from torch import nn


def train_epoch(model, loader, opt):
    model.train()
    total_loss, right, seen = 0.0, 0, 0
    for i, (xb, yb) in enumerate(loader):
        opt.zero_grad()
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        total_loss += loss.item() * len(yb)
        right += (scores.argmax(dim=1) == yb).sum().item()
        seen += len(yb)
    return total_loss / seen, right / seen
