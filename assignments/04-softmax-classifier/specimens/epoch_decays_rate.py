"""Lowers the learning rate at the end."""
# fails: train_epoch
# hint: The first epoch is right, the second is not: you change the optimizer's learning rate. Leave its settings
#     alone.

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
    opt.param_groups[0]["lr"] *= 0.9
    return total_loss / seen, right / seen
