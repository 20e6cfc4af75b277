"""Short batches are left out."""

# fails: train

import math

import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, seed, width=64, batch_size=32, epochs=10, peak=0.01):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10)).to(x.device)
    opt = Adam(model.parameters(), lr=peak)
    total = epochs * math.ceil(len(x) / batch_size)
    losses, t = [], 0
    for _ in range(epochs):
        summed = 0.0
        for rows in torch.randperm(len(x)).to(x.device).split(batch_size):
            if len(rows) < batch_size:
                continue
            loss = F.cross_entropy(model(x[rows]), y[rows])
            opt.zero_grad()
            loss.backward()
            clip_grad_norm(model.parameters(), max_norm=1.0)
            opt.lr = warmup_cosine(t, total, total // 10, peak)
            opt.step()
            summed += loss.item() * len(rows)
            t += 1
        losses.append(summed / len(x))
    return model, losses
