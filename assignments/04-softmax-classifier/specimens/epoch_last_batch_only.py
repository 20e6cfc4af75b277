"""Reports the last batch's loss as the epoch's."""
# fails: train_epoch
# says: last batch
# hint: The loss that you return is the last batch's. Add up over all batches, each weighed by its size.

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
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return loss.item(), right / seen
