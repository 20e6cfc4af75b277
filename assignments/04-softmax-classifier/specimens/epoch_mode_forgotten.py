"""Never calls model.train(): whoever evaluated before decides how it trains."""
# fails: train_epoch
# says: model.train()
# hint: The model is trained in evaluation mode, where dropout and batch norm do nothing. Call model.train() before
#     the first batch, whatever mode it comes in.

import torch.nn.functional as F


def train_epoch(model, loader, opt):
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
    return total / seen, right / seen
