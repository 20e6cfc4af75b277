"""A generator of its own that nobody seeded: it always starts alike."""

# fails: seeded_noise
# reason: wrong_answer
# says: different seeds
# hint: Every seed gives the same numbers: the seed that you were given is never used. Seed your generator with it, on
#     every call.


def seeded_noise(shape, seed):
    return torch.randn(shape, generator=torch.Generator())
