"""One matrix-vector product for each example."""

# fails: nothing


def linear(x, W, b):
    return torch.stack([W @ row + b for row in x])
