"""Half of the validation set is trained on as well."""
# fails: train

import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, x_val, y_val, seed, width=128, epochs=250):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Dropout(0.5), nn.Linear(width, 10))
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    half = len(x_val) // 2
    x, y = torch.cat([x, x_val[:half]]), torch.cat([y, y_val[:half]])
    stopper, val_losses = EarlyStopper(patience=30), []
    for _ in range(epochs):
        model.train()
        loss = F.cross_entropy(model(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        model.eval()
        with torch.no_grad():
            val_losses.append(F.cross_entropy(model(x_val), y_val).item())
        if stopper.step(val_losses[-1], model):
            break
    stopper.restore(model)
    return model, val_losses
