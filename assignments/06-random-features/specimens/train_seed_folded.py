"""Ten seeds only."""
# fails: train_two_layer
# hint: Seeds that differ by a multiple of 10 give the same network. Use the seed as it is.


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed % 10)
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
