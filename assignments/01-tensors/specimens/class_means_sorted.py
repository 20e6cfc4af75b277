"""Sorts by class, cuts into pieces, takes each piece's mean; nearest by sorting the distances."""

# fails: nothing


def class_means(x, y):
    pieces = torch.split(x[y.argsort()], torch.bincount(y).tolist())
    return torch.cat([piece.mean(dim=0, keepdim=True) for piece in pieces])


def nearest_mean(means, x):
    return ((x[:, None] - means) ** 2).sum(-1).argsort(dim=1)[:, 0]
