"""The seed modulo 2 ** 16, as an older generator wants it."""
# fails: make_rf
# hint: Only a part of the seed is used: 5 and 5 + 65,536 give the same numbers.


def make_rf(d, k, seed, kind="sign"):
    if kind not in ("sign", "cos"):
        raise ValueError(kind)
    g = torch.Generator().manual_seed(seed % 2**16)
    M = torch.randn(k, d, generator=g, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=g, dtype=torch.float64)
    return M, 2 * math.pi * torch.rand(k, generator=g, dtype=torch.float64)
