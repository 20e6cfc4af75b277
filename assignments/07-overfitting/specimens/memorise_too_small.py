"""A linear model: not room enough."""
# fails: random_labels

import torch
import torch.nn.functional as F
from torch import nn


def fit_random_labels(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(x.shape[1], 4), nn.Linear(4, 10))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(300):
        opt.zero_grad()
        F.cross_entropy(model(x), y).backward()
        opt.step()
    return model
