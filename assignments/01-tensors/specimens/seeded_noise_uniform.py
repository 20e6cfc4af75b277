"""rand in place of randn."""

# fails: seeded_noise
# reason: wrong_answer
# says: uniform


def seeded_noise(shape, seed):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))
