"""The phase is standard normal."""
# fails: make_rf
# hint: For 'cos' b is a phase, uniform from 0 to 2 pi. Yours is standard normal: the mean of cos(sum) does not
#     vanish then.


def make_rf(d, k, seed, kind="sign"):
    if kind not in ("sign", "cos"):
        raise ValueError(kind)
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    return M, torch.randn(k, generator=generator, dtype=torch.float64)
