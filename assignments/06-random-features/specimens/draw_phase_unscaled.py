"""The phase is uniform in [0, 1)."""
# fails: make_rf
# hint: torch.rand is uniform from 0 to 1. A phase is uniform over a whole turn: times 2 pi.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
