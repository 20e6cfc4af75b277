"""One layer too many."""
# fails: two_layer, train_two_layer
# hint: There is a third linear layer: one hidden layer is enough here.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.middle = nn.Linear(h, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.middle(torch.relu(self.hidden(X))))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
