"""Seeds torch's shared generator."""
# fails: make_rf
# says: shared generator
# hint: torch.manual_seed resets the generator that the whole program shares. Make your own, torch.Generator(),
#     and draw with generator=...


def make_rf(d, k, seed, kind="sign"):
    torch.manual_seed(seed)
    M = torch.randn(k, d, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, dtype=torch.float64)
    raise ValueError(kind)
