"""A generator of its own that nobody seeded: it always starts alike."""

# fails: seeded_noise
# reason: wrong_answer
# says: different seeds


def seeded_noise(shape, seed):
    return torch.randn(shape, generator=torch.Generator())
