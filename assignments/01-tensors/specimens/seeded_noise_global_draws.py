"""Draws from the global generator, unseeded."""

# fails: seeded_noise
# reason: wrong_answer
# hint: You draw without using the seed, so every call gives other numbers. Seed a generator of your own and hand it
#     to randn.


def seeded_noise(shape, seed):
    return torch.randn(shape)
