"""squeeze() without a dim."""
# fails: two_layer
# hint: A bare squeeze() removes the batch's dimension of a single example too. Say which: squeeze(1).


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze()

    def probability(self, X):
        return torch.sigmoid(self(X))
