"""Ends in log_softmax: cross-entropy from logits cannot tell, but these are not logits."""
# fails: mlp, train
# says: or their logs
# hint: Your network ends in log_softmax. Return the second layer's scores: the loss does the rest.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        return torch.log_softmax(self.second(torch.relu(self.first(x))), dim=1)
