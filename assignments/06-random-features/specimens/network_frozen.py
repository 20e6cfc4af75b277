"""The first layer does not learn."""
# fails: two_layer, train_two_layer
# hint: requires_grad is False for the first layer: these are random features, not learned ones.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h).requires_grad_(False)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
