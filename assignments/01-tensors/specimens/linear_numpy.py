"""A detour through numpy."""

# fails: nothing


def linear(x, W, b):
    return torch.from_numpy(x.numpy() @ W.numpy().T + b.numpy())
