"""Divides M by sqrt(d), as one does with weights."""
# fails: make_rf
# hint: The entries of M are divided by the root of d. That is a good start for trained weights; here they are
#     standard normal.


def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64) / math.sqrt(d)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
