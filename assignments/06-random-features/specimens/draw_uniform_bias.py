"""b of the sign features is uniform."""
# fails: make_rf
# hint: For 'sign' b is standard normal, as M is: only then is (m, b) a random direction.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, 2 * torch.rand(k, generator=generator, dtype=torch.float64) - 1
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
