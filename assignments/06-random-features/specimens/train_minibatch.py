"""Sixty-four random examples a step."""
# fails: train_two_layer
# hint: Each step looks at 64 of the examples. The exercise asks for all of them.


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        chosen = torch.randperm(len(X))[:64]
        loss = F.binary_cross_entropy_with_logits(model(X[chosen]), y[chosen].float())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
