"""torch.rand for M."""
# fails: make_rf, rf_classifier
# hint: torch.rand is uniform from 0 to 1, so all your hyperplanes face the same way. Standard normal is
#     torch.randn.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.rand(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.rand(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
