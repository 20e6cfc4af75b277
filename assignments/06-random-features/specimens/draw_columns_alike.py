"""One number for each row of M."""
# fails: make_rf, rf_classifier


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, 1, generator=generator, dtype=torch.float64).expand(k, d)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
