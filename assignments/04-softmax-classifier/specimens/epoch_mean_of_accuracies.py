"""The mean of the batches' accuracies."""
# fails: train_epoch
# says: fraction of right answers
# hint: You average the batches' accuracies, so a short last batch counts as much as a full one. Count the right
#     guesses and divide once, at the end.

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
        right += (scores.argmax(1) == yb).float().mean().item()
        seen += len(yb)
    return total / seen, right / len(loader)
