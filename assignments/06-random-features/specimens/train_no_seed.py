"""No seed."""
# fails: train_two_layer
# hint: The seed is not used: two runs with the same seed give two networks.


def train_two_layer(X, y, h, steps, seed):
    model = TwoLayer(X.shape[1], h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(X), y.to(X.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
