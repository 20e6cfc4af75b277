"""Gives probabilities in evaluation mode."""
# fails: mlp, train
# hint: In evaluation mode your network gives something else than scores. It gives logits in both modes.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.a = nn.Linear(n_in, n_hidden)
        self.b = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        h = torch.relu(self.a(x))
        out = self.b(h)
        out = out if self.training else out.softmax(1)
        return out
