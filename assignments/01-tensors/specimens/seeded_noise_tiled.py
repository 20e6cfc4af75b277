"""Five hundred numbers, again and again."""

# fails: seeded_noise


def seeded_noise(shape, seed):
    few = torch.randn(500, generator=torch.Generator().manual_seed(seed))
    count = int(np.prod(shape))
    return few.repeat(count // 500 + 1)[:count].reshape(shape)
