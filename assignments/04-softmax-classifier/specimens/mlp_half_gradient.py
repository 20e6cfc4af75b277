"""Half of the hidden layer is detached."""
# fails: mlp
# hint: The outputs are right, but a part of the hidden layer is detached, so that the first layer learns from a part
#     of its gradient. Pass it on as it is.

import torch
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.a = nn.Linear(n_in, n_hidden)
        self.b = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        h = torch.relu(self.a(x))
        h = 0.5 * h + 0.5 * h.detach()
        out = self.b(h)
        return out
