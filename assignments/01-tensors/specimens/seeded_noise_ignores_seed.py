"""A fixed seed."""

# fails: seeded_noise
# reason: wrong_answer


def seeded_noise(shape, seed):
    return torch.randn(shape, generator=torch.Generator().manual_seed(42))
