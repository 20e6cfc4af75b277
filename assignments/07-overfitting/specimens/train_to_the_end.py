"""No regularisation at all."""
# fails: train

import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    val_losses = []
    for _ in range(epochs):
        opt.zero_grad()
        F.cross_entropy(model(x), y).backward()
        opt.step()
        with torch.no_grad():
            val_losses.append(F.cross_entropy(model(x_val), y_val).item())
    return model, val_losses
