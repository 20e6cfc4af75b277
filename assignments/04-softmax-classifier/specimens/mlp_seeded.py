"""Sets a seed in __init__, so that all networks begin alike."""
# fails: mlp, train
# hint: All your networks begin with the same weights. Do not set a seed in __init__: who wants the same weights sets
#     it before.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        torch.manual_seed(0)
        self.a = nn.Linear(n_in, n_hidden)
        self.b = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        h = torch.relu(self.a(x))
        out = self.b(h)
        return out
