"""Goes through the data sorted by class, without shuffling: every batch teaches one class and unteaches the others."""
# fails: train

import torch


def train(x, y, seed):
    torch.manual_seed(seed)
    order = y.argsort()
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        batches = [(x[rows], y[rows]) for rows in order.split(32)]
        losses.append(train_epoch(model, batches, opt)[0])
    return model, losses
