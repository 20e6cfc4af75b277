"""Each network takes the next seed of a counter."""
# fails: two_layer, train_two_layer


class TwoLayer(nn.Module):
    made = 0

    def __init__(self, d, h):
        super().__init__()
        TwoLayer.made += 1
        dice = torch.Generator().manual_seed(TwoLayer.made)
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)
        with torch.no_grad():
            for layer in (self.hidden, self.out):
                nn.init.kaiming_uniform_(layer.weight, a=5**0.5, generator=dice)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1)

    def probability(self, X):
        return torch.sigmoid(self(X))
