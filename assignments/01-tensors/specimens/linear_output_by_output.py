"""Fills the columns of the result one after the other."""

# fails: nothing


def linear(x, W, b):
    scores = torch.empty(len(x), len(W), dtype=x.dtype)
    for output, (row, bias) in enumerate(zip(W, b)):
        scores[:, output] = (x * row).sum(dim=1) + bias
    return scores
