"""One row of noise, repeated."""

# fails: seeded_noise
# reason: wrong_answer
# says: rows
# hint: All rows are the same row of noise. Draw the whole shape at once, so that every number is its own.


def seeded_noise(shape, seed):
    row = torch.randn(shape[-1:], generator=torch.Generator().manual_seed(seed))
    return row.expand(shape).clone()
