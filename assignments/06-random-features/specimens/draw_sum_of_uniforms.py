"""Three uniform numbers for a normal one."""
# fails: make_rf
# hint: A sum of three uniform numbers is nearly normal, and never beyond 3. torch.randn is normal.


def make_rf(d, k, seed, kind="sign"):
    if kind not in ("sign", "cos"):
        raise ValueError(kind)
    g = torch.Generator().manual_seed(seed)

    def normal(*shape):
        return 2 * (torch.rand(3, *shape, generator=g, dtype=torch.float64) - 0.5).sum(0)

    M = normal(k, d)
    if kind == "sign":
        return M, normal(k)
    return M, 2 * math.pi * torch.rand(k, generator=g, dtype=torch.float64)
