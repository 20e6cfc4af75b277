"""A seed of its own."""
# fails: make_rf, rf_classifier
# hint: Another seed than the one that is given stands in your function: every seed gives the same features.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(42)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
