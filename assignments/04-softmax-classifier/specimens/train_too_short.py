"""Two epochs: the loss still falls steeply."""
# fails: train
# says: too few epochs

import torch


def train(x, y, seed):
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(2):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        losses.append(train_epoch(model, batches, opt)[0])
    return model, losses
