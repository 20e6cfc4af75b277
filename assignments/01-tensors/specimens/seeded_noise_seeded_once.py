"""One generator for all calls, seeded at the first: the second call goes on where the first stopped."""

# fails: seeded_noise
# reason: wrong_answer

NOISE = {}


def seeded_noise(shape, seed):
    generator = NOISE.setdefault(seed, torch.Generator().manual_seed(seed))
    return torch.randn(shape, generator=generator)
