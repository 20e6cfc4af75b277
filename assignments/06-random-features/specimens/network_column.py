"""Logits as a column."""
# fails: two_layer, train_two_layer
# hint: The logits have shape (N, 1). With labels (N,) a loss would broadcast to (N, N), or refuse: squeeze(1).


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X))

    def probability(self, X):
        return torch.sigmoid(self(X))
