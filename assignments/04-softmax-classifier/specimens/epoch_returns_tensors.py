"""Adds tensors up: the graphs of all batches stay in memory."""
# fails: train_epoch, train
# reason: wrong_type
# says: .item()
# hint: You return tensors, and they keep the graphs of all batches in memory. Use .item() when you add up.

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
        total = total + loss * len(yb)
        right = right + (scores.argmax(1) == yb).sum()
        seen += len(yb)
    return total / seen, right / seen
