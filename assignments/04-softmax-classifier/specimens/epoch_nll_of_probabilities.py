"""The loop of the class notes as printed: softmax, then nll_loss. (Its train() stands alone, to be judged apart.)"""
# fails: train_epoch
# hint: Your loss is minus a probability: nll_loss takes no logarithm. Use F.cross_entropy on the logits.

import torch
import torch.nn.functional as F


def train(x, y, seed):
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        for rows in torch.randperm(len(x)).split(32):
            opt.zero_grad()
            loss = F.cross_entropy(model(x[rows]), y[rows])
            loss.backward()
            opt.step()
        losses.append(loss.item())
    return model, losses


def train_epoch(model, loader, opt):
    model.train()
    total, right, seen = 0.0, 0, 0
    for xb, yb in loader:
        scores = model(xb)
        probs = scores.softmax(axis=1)
        loss = F.nll_loss(probs, yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(yb)
        right += (scores.argmax(1) == yb).sum().item()
        seen += len(yb)
    return total / seen, right / seen
