"""One hyperplane, k times."""
# fails: make_rf, rf_classifier
# hint: All rows of M are the same: draw (k, d) numbers, not (1, d).


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(1, d, generator=generator, dtype=torch.float64).repeat(k, 1)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
