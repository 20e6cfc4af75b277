"""ReLU on the input, none between the layers: the order of an nn.Sequential mixed up."""
# fails: mlp, train
# hint: Your ReLU comes before the first layer and none lies between the two. Move it.

from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.layers = nn.Sequential(nn.ReLU(), nn.Linear(n_in, n_hidden), nn.Linear(n_hidden, n_out))

    def forward(self, x):
        return self.layers(x)
