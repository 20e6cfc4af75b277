"""Logits between -10 and 10."""
# fails: two_layer, train_two_layer
# hint: The logits are cut off. The loss is stable without that, and beyond the border no gradient flows.


class TwoLayer(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.hidden = nn.Linear(d, h)
        self.out = nn.Linear(h, 1)

    def phi(self, X):
        return torch.relu(self.hidden(X))

    def forward(self, X):
        return self.out(self.phi(X)).squeeze(1).clamp(-10, 10)

    def probability(self, X):
        return torch.sigmoid(self(X))
