"""nn.init.trunc_normal_, which ends at 2."""
# fails: make_rf
# hint: trunc_normal_ draws nothing beyond 2. torch.randn is the whole normal distribution.


def make_rf(d, k, seed, kind="sign"):
    if kind not in ("sign", "cos"):
        raise ValueError(kind)
    g = torch.Generator().manual_seed(seed)
    M = nn.init.trunc_normal_(torch.empty(k, d, dtype=torch.float64), generator=g)
    if kind == "sign":
        return M, nn.init.trunc_normal_(torch.empty(k, dtype=torch.float64), generator=g)
    return M, 2 * math.pi * torch.rand(k, generator=g, dtype=torch.float64)
