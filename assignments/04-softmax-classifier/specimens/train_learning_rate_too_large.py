"""A learning rate of 30: hidden units die in the first steps, or the weights overflow."""
# fails: train

import torch


def train(x, y, seed):
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=30.0)
    losses = []
    for _ in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        losses.append(train_epoch(model, batches, opt)[0])
    return model, losses
