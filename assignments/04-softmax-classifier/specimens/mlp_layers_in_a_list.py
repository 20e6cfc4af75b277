"""Layers in a Python list: the module does not see them, and the optimizer has nothing to train."""
# fails: mlp, train
# says: hides them from parameters()

from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.layers = [nn.Linear(n_in, n_hidden), nn.ReLU(), nn.Linear(n_hidden, n_out)]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
