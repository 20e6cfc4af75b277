"""A learning rate that needs ten times the epochs."""
# fails: train

import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Dropout(0.5), nn.Linear(width, 10))
    opt = torch.optim.Adam(model.parameters(), lr=1e-5)
    stopper, val_losses = EarlyStopper(30), []
    for _ in range(epochs):
        model.train()
        opt.zero_grad()
        F.cross_entropy(model(x), y).backward()
        opt.step()
        model.eval()
        with torch.no_grad():
            val_losses.append(F.cross_entropy(model(x_val), y_val).item())
        if stopper.step(val_losses[-1], model):
            break
    stopper.restore(model)
    return model, val_losses
