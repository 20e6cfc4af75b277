"""ReLU after every layer, also the last: no score can be negative."""
# fails: mlp, train
# says: one sign
# hint: A ReLU follows your second layer, so that no score can be negative. It belongs between the layers only.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        return torch.relu(self.second(torch.relu(self.first(x))))
