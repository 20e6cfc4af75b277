"""Seeds numpy's shared generator, to be sure, and uses a local one."""

# fails: seeded_noise
# says: numpy's shared generator
# hint: Your noise is right, but np.random.seed resets numpy's shared generator. Leave that line out.


def seeded_noise(shape, seed):
    np.random.seed(seed)
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))
