"""The formula, in Einstein's notation, with relu as the clamp."""

# fails: nothing


def pairwise_sqdist(first, second):
    cross = torch.einsum("nd,md->nm", first, second)
    lengths = first.square().sum(-1)[:, None] + second.square().sum(-1)[None, :]
    return torch.relu(lengths - 2 * cross)
