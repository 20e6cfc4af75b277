"""Seeds only when the seed is true, so that 0 is as random as it gets."""

# fails: seeded_noise


def seeded_noise(shape, seed):
    generator = torch.Generator()
    if seed:
        generator.manual_seed(seed)
    else:
        generator.seed()
    return torch.randn(shape, generator=generator)
