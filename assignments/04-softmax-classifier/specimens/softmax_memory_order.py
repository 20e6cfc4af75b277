"""Reads x as if it lay in memory row by row."""
# fails: softmax
# hint: You read x as if it lay in memory row by row. A transposed or sliced tensor does not: use reshape and
#     dimensions, not strides.

import torch


def softmax(x, dim):
    x = x.as_strided(x.shape, torch.empty(x.shape).stride())
    e = (x - x.amax(dim=dim, keepdim=True)).exp()
    p = e / e.sum(dim=dim, keepdim=True)
    return p
