"""Gives float32 for scores in half precision."""
# fails: softmax
# hint: The result has another dtype than x. Whatever you compute in, give it back in x's dtype.

import torch


def softmax(x, dim):
    dtype = x.dtype
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    p = e / e.sum(dim=dim, keepdim=True)
    p = p.float() if dtype == torch.float16 else p
    return p
