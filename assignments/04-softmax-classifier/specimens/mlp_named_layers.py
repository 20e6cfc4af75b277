"""Named layers in an OrderedDict, Kaiming's initialisation, a base class, a buffer and a counter beside them."""
# fails: nothing

from collections import OrderedDict

import torch
from torch import nn


class Counted(nn.Module):
    def __init__(self):
        super().__init__()
        self.calls = 0
        self.register_buffer("born", torch.tensor(2026), persistent=False)


class MLP(Counted):
    def __init__(self, n_in: int, n_hidden: int, n_out: int) -> None:
        super().__init__()
        layers = OrderedDict()
        layers["hidden"] = nn.Linear(n_in, n_hidden)
        layers["activation"] = nn.Threshold(threshold=0.0, value=0.0)
        layers["output"] = nn.Linear(in_features=n_hidden, out_features=n_out, bias=True)
        nn.init.kaiming_normal_(layers["hidden"].weight, nonlinearity="relu")
        self.net = nn.Sequential(layers)

    def forward(self, x):
        self.calls += 1
        return self.net.forward(x)
