"""ReLU as a product with a mask, layers in a ModuleDict."""
# fails: nothing

from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        nn.Module.__init__(self)
        self.layers = nn.ModuleDict({"out": nn.Linear(n_hidden, n_out), "in": nn.Linear(n_in, n_hidden)})

    def forward(self, x):
        hidden = self.layers["in"](x)
        return self.layers["out"](hidden * (hidden > 0))
