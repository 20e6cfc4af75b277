"""phi is detached: random features again."""
# fails: two_layer, train_two_layer
# hint: The features are cut off from the graph: the first layer never learns. That is a random feature model.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X)).detach()

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
