"""Gives the first noise of a shape again, whatever the seed."""

# fails: seeded_noise

CACHE = {}


def seeded_noise(shape, seed):
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    return CACHE.setdefault(tuple(shape), noise)
