"""Draws from the global generator, unseeded."""

# fails: seeded_noise
# reason: wrong_answer


def seeded_noise(shape, seed):
    return torch.randn(shape)
