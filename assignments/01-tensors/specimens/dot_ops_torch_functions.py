"""The same two steps, spelled as functions."""

# fails: nothing


def dot_ops(w, x):
    products = torch.mul(w, x)
    return torch.sum(products, dim=0)
