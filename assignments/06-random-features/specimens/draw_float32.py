"""float32."""
# fails: make_rf, rf_classifier
# hint: M and b are float32. Say dtype=torch.float64 in each call that draws.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator)
    if kind == "sign":
        return M, torch.randn(k, generator=generator)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator)
    raise ValueError(kind)
