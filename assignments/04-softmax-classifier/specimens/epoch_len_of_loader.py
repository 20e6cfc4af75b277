"""Asks the loader for its length."""
# fails: train_epoch

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total_loss, right, seen = 0.0, 0, 0
    for i, (xb, yb) in enumerate(loader):
        opt.zero_grad()
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        opt.step()
        total_loss += loss.item() * len(yb)
        right += (scores.argmax(dim=1) == yb).sum().item()
        seen += len(yb)
    return total_loss / len(loader) / (seen / len(loader)), right / seen
