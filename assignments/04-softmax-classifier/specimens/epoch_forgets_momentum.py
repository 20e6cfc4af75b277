"""Clears the optimizer's state for each batch."""
# fails: train_epoch
# hint: You clear the optimizer's state, and with it its momentum. Clear the gradients only: opt.zero_grad().

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total_loss, right, seen = 0.0, 0, 0
    for i, (xb, yb) in enumerate(loader):
        opt.state.clear()
        opt.zero_grad()
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        opt.step()
        total_loss += loss.item() * len(yb)
        right += (scores.argmax(dim=1) == yb).sum().item()
        seen += len(yb)
    return total_loss / seen, right / seen
