"""torch's Adam and a module, with a seeded generator."""
# fails: nothing

import torch
import torch.nn.functional as F


def train(X, y, seed):
    torch.manual_seed(seed)
    layer = torch.nn.Linear(X.shape[1], 1)
    opt = torch.optim.Adam(layer.parameters(), lr=0.01)
    losses = []
    for _ in range(25):
        total = 0.0
        for rows in torch.randperm(len(X)).split(16):
            opt.zero_grad()
            loss = F.binary_cross_entropy_with_logits(layer(X[rows])[:, 0], y[rows].float())
            loss.backward()
            opt.step()
            total += loss.item() * len(rows)
        losses.append(total / len(X))
    return layer.weight.detach()[0], layer.bias.detach()[0], losses
