"""The last three digits of the seed."""

# fails: seeded_noise
# says: different seeds


def seeded_noise(shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed % 1000))
