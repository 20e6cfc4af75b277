"""Always the same seed, 0, because the notebook said so."""
# fails: train
# says: Two seeds gave the same network

import torch


def train(x, y, seed):
    torch.manual_seed(0)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        losses.append(train_epoch(model, batches, opt)[0])
    return model, losses
