"""map, a loop in disguise."""

# fails: pairwise_sqdist
# reason: forbidden_api
# says: loop


def pairwise_sqdist(A, B):
    return torch.stack(list(map(lambda a: ((a - B) ** 2).sum(1), A)))
