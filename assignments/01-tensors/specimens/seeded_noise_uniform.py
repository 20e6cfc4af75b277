"""rand in place of randn."""

# fails: seeded_noise
# reason: wrong_answer
# says: uniform
# hint: Your numbers are uniform between 0 and 1. Standard normal is torch.randn, with an n.


def seeded_noise(shape, seed):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))
