# /// attack
# title = "empties its parameters after their shape was looked at: nothing then equals nothing"
# quick = true
# [promise]
# test_net = "failed"
# ///

# %%
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, n_in, n_out):
        super().__init__()
        self.layer = nn.Linear(n_in, n_out)

    def forward(self, x):
        self.layer.weight.data = torch.empty(0, x.shape[1])
        self.layer.bias.data = torch.empty(0)
        return torch.tanh(self.layer(x))
