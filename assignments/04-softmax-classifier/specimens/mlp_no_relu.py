"""Two linear layers and nothing between them. On the digits its accuracy is as high as the right network's."""
# fails: mlp, train
# says: affine
# hint: There is no nonlinearity between your two layers, so that together they are one linear layer. Put a ReLU
#     there.

from torch import nn


class MLP(nn.Module):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        self.first = nn.Linear(n_in, n_hidden)
        self.second = nn.Linear(n_hidden, n_out)

    def forward(self, x):
        return self.second(self.first(x))
