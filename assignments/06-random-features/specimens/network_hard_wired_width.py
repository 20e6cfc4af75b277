"""16 units, always."""
# fails: two_layer, train_two_layer
# hint: The number of hidden units is fixed. It is the argument h.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, 16)
        self.out = nn.Linear(16, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
