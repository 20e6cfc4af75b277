"""Clears the gradients between backward and step."""
# fails: train_epoch, train
# says: between backward and step
# hint: Nothing moves: your step comes when the gradients have just been cleared. The order is zero_grad, forward,
#     loss, backward, step.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        opt.zero_grad()
        opt.step()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / seen, right / seen
