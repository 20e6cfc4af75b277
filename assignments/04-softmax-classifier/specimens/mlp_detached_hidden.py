"""Detaches the hidden layer: the first layer never learns."""
# fails: mlp, train
# says: No gradient reaches
# hint: You detach the hidden layer, so that the first layer gets no gradient and never learns. Pass it on as it is.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        return self.second(torch.relu(self.first(x)).detach())
