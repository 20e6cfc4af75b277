"""The guesses are counted after the step."""
# fails: train_epoch
# hint: You count right answers after the step. Both numbers are measured before the step of their batch.

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
        scores = model(xb).detach()
        total_loss += loss.item() * len(yb)
        right += (scores.argmax(dim=1) == yb).sum().item()
        seen += len(yb)
    return total_loss / seen, right / seen
