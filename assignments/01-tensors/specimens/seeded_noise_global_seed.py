"""torch.manual_seed: the same numbers, and everybody else's generator is reset."""

# fails: seeded_noise
# reason: wrong_answer
# says: shared generator


def seeded_noise(shape, seed):
    torch.manual_seed(seed)
    return torch.randn(shape)
