"""Weight decay and dropout, out of habit."""
# fails: random_labels

import torch
import torch.nn.functional as F
from torch import nn


def fit_random_labels(x, y, seed):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(x.shape[1], 32), nn.ReLU(), nn.Dropout(0.7), nn.Linear(32, 10))
    opt = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=3.0)
    for _ in range(150):
        opt.zero_grad()
        F.cross_entropy(model(x), y).backward()
        opt.step()
    return model
