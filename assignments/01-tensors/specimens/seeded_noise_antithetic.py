"""The second half is the first, negated."""

# fails: seeded_noise
# hint: The second half of your numbers is the negative of the first: numbers that follow from others are no
#     noise.


def seeded_noise(shape, seed):
    g = torch.Generator().manual_seed(seed)
    n = int(np.prod(shape))
    half = torch.randn((n + 1) // 2, generator=g)
    return torch.cat([half, -half])[:n].reshape(shape)
