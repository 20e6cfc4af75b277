"""Returns the network without its losses."""
# fails: train
# says: returns a pair

import torch


def train(x, y, seed):
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        losses.append(train_epoch(model, batches, opt)[0])
    return model
