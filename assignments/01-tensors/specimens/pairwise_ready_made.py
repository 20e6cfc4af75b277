"""torch.cdist, squared."""

# fails: pairwise_sqdist
# reason: forbidden_api


def pairwise_sqdist(A, B):
    return torch.cdist(A, B) ** 2
