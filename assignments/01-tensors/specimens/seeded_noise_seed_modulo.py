"""The last three digits of the seed."""

# fails: seeded_noise
# says: different seeds
# hint: Only the last digits of the seed reach your generator, so different seeds give the same numbers. Use the whole
#     seed.


def seeded_noise(shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed % 1000))
