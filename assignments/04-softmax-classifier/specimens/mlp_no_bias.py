"""No bias in the output layer."""
# fails: mlp, train
# says: bias
# hint: The output layer has no bias. Both layers have one.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out, bias=False)

    def forward(self, x):
        return self.second(torch.relu(self.first(x)))
