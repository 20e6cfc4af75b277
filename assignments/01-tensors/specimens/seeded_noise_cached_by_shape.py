"""Gives the first noise of a shape again, whatever the seed."""

# fails: seeded_noise
# hint: A second seed gives the noise of the first one: you keep it by its shape. Keep nothing between calls.

CACHE = {}


def seeded_noise(shape, seed):
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    return CACHE.setdefault(tuple(shape), noise)
