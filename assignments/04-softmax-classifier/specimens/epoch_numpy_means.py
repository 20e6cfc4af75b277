"""numpy's averages of lists, weighed by the batches' sizes, in a list; the last gradients are cleared away."""
# fails: nothing

import numpy as np
import torch.nn.functional as F


def train_epoch(model, loader, opt):
    model.train()
    sizes, losses, accuracies = [], [], []
    for xb, yb in loader:
        logits = model(xb)
        loss = F.cross_entropy(logits, yb)
        model.zero_grad()
        loss.backward()
        opt.step()
        sizes.append(len(yb))
        losses.append(loss.item())
        accuracies.append(np.mean(logits.argmax(1).numpy() == yb.numpy()))
    opt.zero_grad()
    return [np.average(losses, weights=sizes), np.average(accuracies, weights=sizes)]
