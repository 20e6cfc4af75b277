"""Three uniform numbers added up, nearly normal."""

# fails: seeded_noise
# says: another distribution
# hint: A sum of a few uniform numbers is only nearly normal: none lies far out. torch.randn draws normal ones.


def seeded_noise(shape, seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(3, *shape, generator=generator).sub(0.5).sum(0) * 2
