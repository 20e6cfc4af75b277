"""Seeds only when the seed is true, so that 0 is as random as it gets."""

# fails: seeded_noise
# hint: Seed 0 gives other numbers each time: 0 counts as false in `if seed`. It is a seed like any other.


def seeded_noise(shape, seed):
    generator = torch.Generator()
    if seed:
        generator.manual_seed(seed)
    else:
        generator.seed()
    return torch.randn(shape, generator=generator)
