"""A fixed seed."""

# fails: seeded_noise
# reason: wrong_answer
# hint: Every seed gives the same numbers: the seed that you were given is never used. Seed your generator with it, on
#     every call.


def seeded_noise(shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(42))
