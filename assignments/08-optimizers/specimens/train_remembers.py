"""A table of the examples, posing as a network."""

# fails: train
# says: do not follow from its parameters

import torch
import torch.nn.functional as F
from torch import nn


class Memory(nn.Module):
    def __init__(self, x, y, width):
        super().__init__()
        self.one, self.two = nn.Linear(64, width), nn.Linear(width, 10)
        self.x, self.y = x, y

    def forward(self, x):
        return 9.0 * F.one_hot(self.y[torch.cdist(x, self.x).argmin(1)], 10)


def train(x, y, seed, width=64, batch_size=32, epochs=10, peak=0.01):
    torch.manual_seed(seed)
    return Memory(x, y, width), [2.0] * epochs
