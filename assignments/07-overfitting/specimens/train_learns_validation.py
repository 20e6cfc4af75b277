"""Trains on the validation set as well."""
# fails: train
# says: trained on the validation set

import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Dropout(0.5), nn.Linear(width, 10))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    stopper, val_losses = EarlyStopper(30), []
    x, y = torch.cat([x, x_val]), torch.cat([y, y_val])
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
