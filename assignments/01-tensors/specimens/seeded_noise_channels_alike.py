"""One channel of noise, repeated."""

# fails: seeded_noise
# hint: The channels all hold the same noise. Draw the whole shape at once, so that every number is its own.


def seeded_noise(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    if len(shape) < 4:
        return torch.randn(shape, generator=generator)
    return torch.randn(shape[0], 1, *shape[2:], generator=generator).expand(shape).clone()
