"""Seeds the shuffles, after the network has drawn its first weights."""
# fails: train
# says: before torch.manual_seed

import torch


def train(x, y, seed):
    model = MLP(64, 30, 10)
    torch.manual_seed(seed)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    losses = []
    for _ in range(40):
        batches = [(x[rows], y[rows]) for rows in torch.randperm(len(x)).split(32)]
        losses.append(train_epoch(model, batches, opt)[0])
    return model, losses
