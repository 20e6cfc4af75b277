"""The hidden units stop growing at 50."""
# fails: mlp
# hint: Your hidden units stop growing at some value. Plain ReLU has no upper end.

import torch.nn.functional as F
from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.a = nn.Linear(n_in, n_hidden)
        self.b = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        h = F.relu(self.a(x)).clamp(max=50)
        out = self.b(h)
        return out
