"""Never clears the gradients: each step uses the sum of all before it."""
# fails: train_epoch, train
# says: zero_grad
# hint: You never clear the gradients, so each step uses the sum of all before it. Call opt.zero_grad() once for each
#     batch.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        scores = model(xb)
        loss = F.cross_entropy(scores, yb)
        loss.backward()
        opt.step()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / seen, right / seen
