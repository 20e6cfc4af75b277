"""One random example a step."""
# fails: train_two_layer
# hint: Each step sees one example. The exercise asks for all of them in each step.


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        i = torch.randint(len(X), (1,))
        loss = F.binary_cross_entropy_with_logits(model(X[i]), y[i].to(X.dtype))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
