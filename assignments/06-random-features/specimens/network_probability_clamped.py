"""Probabilities that are never 0 or 1."""
# fails: two_layer
# hint: The probabilities are cut off. Return the sigmoid as it is.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X)).clamp(0.01, 0.99)
