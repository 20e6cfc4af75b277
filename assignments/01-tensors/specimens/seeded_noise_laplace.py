"""Another distribution with mean 0 and deviation 1."""

# fails: seeded_noise
# says: another distribution


def seeded_noise(shape, seed):
    u = torch.rand(shape, generator=torch.Generator().manual_seed(seed)).clamp(1e-6, 1 - 1e-6) - 0.5
    return -(u.sign() * (1 - 2 * u.abs()).log()) / 2**0.5
