"""A comprehension over the rows."""

# fails: pairwise_sqdist
# reason: forbidden_api
# says: loop


def pairwise_sqdist(A, B):
    return torch.stack([((a - B) ** 2).sum(dim=1) for a in A])
