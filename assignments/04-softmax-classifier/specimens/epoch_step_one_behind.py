"""Steps with the gradients of the batch before, then computes the new ones; with two layers autograd itself objects."""
# fails: train_epoch, train
# says: the batch before
# hint: You step with the gradients of the batch before. The order is zero_grad, forward, loss, backward, step.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        opt.step()
        opt.zero_grad()
        loss.backward()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / seen, right / seen
