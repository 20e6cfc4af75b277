"""Sigmoid between the layers, from an older textbook."""
# fails: mlp, train
# says: another activation
# hint: The hidden activation is a sigmoid. Asked for is ReLU.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        return self.second(torch.sigmoid(self.first(x)))
