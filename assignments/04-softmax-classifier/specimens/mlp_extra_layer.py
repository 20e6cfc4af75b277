"""A second hidden layer: deeper must be better."""
# fails: mlp, train
# hint: Your network has one layer too many. One hidden layer: two linear layers in all.

from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(n_in, n_hidden), nn.ReLU(), nn.Linear(n_hidden, n_hidden), nn.ReLU(), nn.Linear(n_hidden, n_out)
        )

    def forward(self, x):
        return self.layers(x)
