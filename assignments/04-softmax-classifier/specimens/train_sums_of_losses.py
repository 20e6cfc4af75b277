"""Reports sums over the epoch in place of means."""
# fails: train

import torch


def train(x, y, seed):
    torch.manual_seed(seed)
    model = MLP(64, 30, 10)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for epoch in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        loss, acc = train_epoch(model, batches, opt)
        losses.append(loss)
    losses = [l * len(x) for l in losses]
    return model, losses
