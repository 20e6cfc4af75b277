"""One generator for the whole program, made once."""
# fails: make_rf, rf_classifier
# hint: The generator is kept from call to call, so the second call goes on where the first one stopped. Make it
#     anew in each call.

GENERATORS = {}


def make_rf(d, k, seed, kind="sign"):
    generator = GENERATORS.setdefault(seed, torch.Generator().manual_seed(seed))
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
