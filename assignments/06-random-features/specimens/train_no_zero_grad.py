"""Never clears the gradients."""
# fails: train_two_layer
# hint: You never clear the gradients, so each step uses the sum of all before it: optimizer.zero_grad() in each
#     step.


def train_two_layer(X, y, h, steps, seed):
    torch.manual_seed(seed)
    model = TwoLayer(X.shape[1], h)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(X), y.to(X.dtype))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
