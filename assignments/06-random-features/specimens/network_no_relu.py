"""No nonlinearity."""
# fails: two_layer, train_two_layer
# hint: Without the ReLU the two layers are one linear layer: section 1 proves it.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return self.hidden(X)

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
