"""Uses the lower half of the seed only."""
# fails: train
# hint: Some different seeds give the same network: you use a part of the seed. Hand it to torch.manual_seed as it is.

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
