"""Uses the lower half of the seed only."""
# fails: train

import torch


def train(x, y, seed):
    seed = seed & 0xFFFF
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for epoch in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        loss, acc = train_epoch(model, batches, opt)
        losses.append(loss)
    return model, losses
