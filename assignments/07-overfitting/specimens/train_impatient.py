"""A patience of one, and a first epoch that is worse than none."""
# fails: train

import math
import copy
import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Dropout(0.5), nn.Linear(width, 10))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    val_losses, best, kept = [], math.inf, None
    for epoch in range(min(epochs, 4)):
        model.train()
        opt.zero_grad()
        F.cross_entropy(model(x), y).backward()
        opt.step()
        model.eval()
        with torch.no_grad():
            val_losses.append(F.cross_entropy(model(x_val), y_val).item())
        if val_losses[-1] < best:
            best, kept = val_losses[-1], copy.deepcopy(model.state_dict())
    model.load_state_dict(kept)
    return model, val_losses
