"""Applies softmax before F.cross_entropy, which does it again."""
# fails: train_epoch
# says: one too many
# hint: You apply softmax before F.cross_entropy, which applies it again. Hand it the logits as they are.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        scores = model(xb)
        loss = F.cross_entropy(scores.softmax(1), yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / seen, right / seen
