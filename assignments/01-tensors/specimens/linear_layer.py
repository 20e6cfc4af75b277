"""nn.Linear with its weights replaced."""

# fails: linear
# reason: forbidden_api


def linear(x, W, b):
    layer = torch.nn.Linear(W.shape[1], W.shape[0], dtype=x.dtype)
    layer.weight.data, layer.bias.data = W, b
    return layer(x).detach()
