"""Dropout that nobody asked for."""
# fails: two_layer, train_two_layer
# hint: Dropout makes the features random in training. It is not asked for here.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.nn.functional.dropout(torch.relu(self.hidden(X)), 0.5, self.training)

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
