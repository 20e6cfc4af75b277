"""d is 2."""
# fails: train_two_layer
# hint: Two inputs are fixed in your code. Take X.shape[1].


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(2, h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(X), y.to(X.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
