"""All weights zero."""
# fails: two_layer, train_two_layer
# hint: All weights start at zero: hidden units stay alike for ever.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)
        for p in self.parameters():
            nn.init.zeros_(p)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
