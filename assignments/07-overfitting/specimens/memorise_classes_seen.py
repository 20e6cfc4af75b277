"""As many outputs as there are classes in y."""
# fails: random_labels

import torch
import torch.nn.functional as F
from torch import nn


def fit_random_labels(x, y, seed):
    torch.manual_seed(seed)
    classes = len(y.unique())
    model = nn.Sequential(nn.Linear(x.shape[1], 256), nn.ReLU(), nn.Linear(256, classes))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(150):
        opt.zero_grad()
        F.cross_entropy(model(x), y).backward()
        opt.step()
    return model
