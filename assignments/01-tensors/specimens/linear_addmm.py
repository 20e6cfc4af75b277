"""The whole layer in one call."""

# fails: linear
# reason: forbidden_api
# says: addmm


def linear(x, W, b):
    return torch.addmm(b, x, W.T)
