"""A hundred examples a step, one after the other."""
# fails: train_two_layer
# hint: Each step looks at a hundred examples. The exercise asks for all of them.


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for step in range(steps):
        start = 100 * step % len(X)
        loss = F.binary_cross_entropy_with_logits(model(X[start : start + 100]), y[start : start + 100].float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
