"""b is zero."""
# fails: make_rf, rf_classifier
# hint: b is zero, so that all hyperplanes go through the origin. It is drawn at random as well.


def make_rf(d, k, seed, kind="sign"):
    if kind not in ("sign", "cos"):
        raise ValueError(kind)
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    return M, torch.zeros(k, dtype=torch.float64)
