"""phi without the ReLU, which stands in forward."""
# fails: two_layer
# hint: phi ends before the ReLU. The features are what the second layer sees, after it.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return self.hidden(X)

    def forward(self, X):
        return self.out(torch.relu(self.phi(X))).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
