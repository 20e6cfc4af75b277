"""Whatever is not sign is cos."""
# fails: make_rf
# hint: Whatever is not 'sign' counts as 'cos', typing errors too. Raise a ValueError for anything else.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        b = torch.randn(k, generator=generator, dtype=torch.float64)
    else:
        b = 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    return M, b
