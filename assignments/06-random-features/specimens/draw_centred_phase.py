"""The phase goes from -pi to pi."""
# fails: make_rf
# hint: From -pi to pi is a whole turn too, but the table asks for [0, 2 pi).


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, math.pi * (2 * torch.rand(k, generator=generator, dtype=torch.float64) - 1)
    raise ValueError(kind)
