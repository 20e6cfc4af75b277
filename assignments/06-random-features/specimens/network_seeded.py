"""A seed in __init__."""
# fails: two_layer, train_two_layer
# hint: A seed is set in __init__, so that all networks begin alike. Whoever wants the same weights sets it
#     before.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        torch.manual_seed(0)
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
