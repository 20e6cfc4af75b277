"""Squared error of the probabilities."""
# fails: train_two_layer
# hint: This is the squared error of the probabilities. The exercise says F.binary_cross_entropy_with_logits.


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = (model.probability(X) - y).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
