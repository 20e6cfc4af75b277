"""The phase goes to pi only."""
# fails: make_rf
# hint: The phase ends at pi, which is half a turn.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
