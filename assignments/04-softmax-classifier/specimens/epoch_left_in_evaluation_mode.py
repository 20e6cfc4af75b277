"""Switches to evaluation mode to count and never back: from the second batch on it trains in it."""
# fails: train_epoch
# says: evaluation mode
# hint: You switch to evaluation mode inside the epoch and never back. The scores that you trained on can be counted:
#     no second forward pass, no eval().

import torch
import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        opt.zero_grad()
        loss = F.cross_entropy(model(xb), yb)
        model.eval()
        with torch.no_grad():
            scores = model(xb)
        loss.backward()
        opt.step()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / seen, right / seen
