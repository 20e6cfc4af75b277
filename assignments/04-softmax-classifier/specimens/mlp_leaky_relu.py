"""A leaky ReLU: a good activation, not the one asked for."""
# fails: mlp, train
# says: another activation
# hint: The hidden activation is no ReLU: negative values get through. Use plain ReLU.

from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        return self.second(nn.functional.leaky_relu(self.first(x), 0.1))
