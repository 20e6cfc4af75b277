"""One generator for all calls, seeded at the first: the second call goes on where the first stopped."""

# fails: seeded_noise
# reason: wrong_answer
# hint: The second call with a seed goes on where the first stopped. Make and seed the generator on every call, and
#     keep nothing between calls.

NOISE = {}


def seeded_noise(shape, seed):
    generator = NOISE.setdefault(seed, torch.Generator().manual_seed(seed))
    return torch.randn(shape, generator=generator)
