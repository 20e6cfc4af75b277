"""Keeps networks of earlier calls."""
# fails: train_two_layer

KEPT = {}


def train_two_layer(X, y, h, steps, seed):
    if (seed, h, steps) in KEPT:
        return KEPT[seed, h, steps]
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(X), y.to(X.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    KEPT[seed, h, steps] = model, losses
    return model, losses
