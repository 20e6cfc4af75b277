"""Scaled to exactly mean 0 and deviation 1."""

# fails: seeded_noise
# hint: You subtract the mean and divide by the deviation of what was drawn. Standard normal numbers have
#     mean 0 and deviation 1 on average, and a few of them hardly ever.


def seeded_noise(shape, seed):
    noise = torch.randn(shape, generator=torch.Generator().manual_seed(seed))
    return (noise - noise.mean()) / noise.std()
