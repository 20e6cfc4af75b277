"""Does not use the seed: no run can be repeated."""
# fails: train
# says: same seed gave two different networks

import torch


def train(x, y, seed):
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        losses.append(train_epoch(model, batches, opt)[0])
    return model, losses
