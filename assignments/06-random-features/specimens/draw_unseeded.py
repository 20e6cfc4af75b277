"""Draws from the shared generator, and never looks at the seed."""
# fails: make_rf, rf_classifier
# hint: The seed is not used: each call draws something else, so that nobody can repeat your run.


def make_rf(d, k, seed, kind="sign"):
    M = torch.randn(k, d, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, dtype=torch.float64)
    raise ValueError(kind)
