"""Seeds again before b, so that b repeats M."""
# fails: make_rf
# hint: The generator is seeded a second time before b is drawn, so b is made of the same random numbers as M.


def make_rf(d, k, seed, kind="sign"):
    M = torch.randn(k, d, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    again = torch.Generator().manual_seed(seed)
    if kind == "sign":
        return M, torch.randn(k, generator=again, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=again, dtype=torch.float64)
    raise ValueError(kind)
