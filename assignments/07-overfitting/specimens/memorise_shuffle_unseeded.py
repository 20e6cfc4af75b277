"""Rows are shuffled by random.shuffle, which no seed decides."""
# fails: random_labels

import random

import torch
import torch.nn.functional as F
from torch import nn


def fit_random_labels(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(x.shape[1], 256), nn.ReLU(), nn.Linear(256, 10))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        rows = list(range(len(x)))
        random.shuffle(rows)
        for part in torch.tensor(rows).split(32):
            opt.zero_grad()
            F.cross_entropy(model(x[part]), y[part]).backward()
            opt.step()
    return model
