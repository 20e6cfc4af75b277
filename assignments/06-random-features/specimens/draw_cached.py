"""Keeps what was drawn, and hands out the same tensors again."""
# fails: make_rf
# hint: The tensors are kept and handed out again: whoever changes them changes everybody's. Draw anew in each
#     call.

from functools import lru_cache, cache


@cache
def make_rf(d, k, seed, kind="sign"):
    generator = torch.Generator().manual_seed(seed)
    M = torch.randn(k, d, generator=generator, dtype=torch.float64)
    if kind == "sign":
        return M, torch.randn(k, generator=generator, dtype=torch.float64)
    if kind == "cos":
        return M, 2 * math.pi * torch.rand(k, generator=generator, dtype=torch.float64)
    raise ValueError(kind)
