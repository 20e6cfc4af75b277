"""Fits the weights by gradient descent."""
# fails: relu_interpolant
# hint: Training comes near, and is not exact. The text gives the weights: nothing has to be learned.


def relu_interpolant(f, knots):
    h = len(knots)
    W2, b2 = (
        torch.zeros(1, h, dtype=knots.dtype, requires_grad=True),
        torch.zeros(1, dtype=knots.dtype, requires_grad=True),
    )
    W1, b1 = torch.ones(h, 1, dtype=knots.dtype), -knots.clone()
    optimizer = torch.optim.Adam([W2, b2], lr=0.1)
    for _ in range(100):
        loss = ((torch.relu(knots[:, None] @ W1.T + b1) @ W2.T + b2)[:, 0] - f(knots)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return W1, b1, W2.detach(), b2.detach()
