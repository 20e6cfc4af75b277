"""One row of noise, repeated."""

# fails: seeded_noise
# reason: wrong_answer
# says: rows


def seeded_noise(shape, seed):
    row = torch.randn(shape[-1:], generator=torch.Generator().manual_seed(seed))
    return row.expand(shape).clone()
