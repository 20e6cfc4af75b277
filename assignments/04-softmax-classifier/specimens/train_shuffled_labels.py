"""Shuffles inputs and labels separately, so that no label belongs to its picture."""
# fails: train

import torch


def train(x, y, seed):
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        mixed_x, mixed_y = x[torch.randperm(len(x))], y[torch.randperm(len(y))]
        losses.append(train_epoch(model, list(zip(mixed_x.split(32), mixed_y.split(32))), opt)[0])
    return model, losses
