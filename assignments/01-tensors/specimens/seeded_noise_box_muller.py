"""Normal numbers from uniform ones, by Box and Muller's formula, on a generator of its own."""

# fails: nothing


def seeded_noise(shape, seed):
    generator = torch.Generator()
    generator.manual_seed(seed)
    u, v = torch.rand((2, *shape), generator=generator, dtype=torch.float64)
    noise = torch.sqrt(-2 * torch.log1p(-u)) * torch.cos(2 * torch.pi * v)
    return noise.to(dtype=torch.float32)
