"""Stops by the training loss, which falls and falls."""
# fails: train

import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Dropout(0.1), nn.Linear(width, 10))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    stopper, losses = EarlyStopper(30), []
    for _ in range(epochs):
        model.train()
        opt.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
        if stopper.step(losses[-1], model):
            break
    stopper.restore(model)
    return model, losses
