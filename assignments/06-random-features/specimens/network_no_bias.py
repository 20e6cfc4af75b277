"""No bias in the first layer."""
# fails: two_layer, train_two_layer
# hint: The first layer has no bias: all units bend along lines through the origin.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h, bias=False)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
