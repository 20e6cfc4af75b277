"""Ends in softmax, since a classifier gives probabilities; the loss applies it again."""
# fails: mlp, train
# says: leave the softmax to the loss
# hint: Your network ends in softmax, and the loss applies it again. Return the scores.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        return torch.softmax(self.second(torch.relu(self.first(x))), dim=1)
