"""Makes the layers anew in every call."""
# fails: mlp, train

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.sizes = n_in, n_hidden, n_out

    def forward(self, x):
        n_in, n_hidden, n_out = self.sizes
        return nn.Linear(n_hidden, n_out)(torch.relu(nn.Linear(n_in, n_hidden)(x)))
