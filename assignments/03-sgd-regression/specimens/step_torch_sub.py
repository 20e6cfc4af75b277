"""torch.sub with alpha; the shapes one by one."""
# fails: nothing

import torch


def gd_step(params, grads, lr):
    new = []
    params, grads = list(params), list(grads)
    if len(params) != len(grads):
        raise ValueError(f"{len(params)} parameters, {len(grads)} gradients")
    while params:
        p, g = params.pop(0), grads.pop(0)
        if p.size() != g.size():
            raise ValueError(f"{p.size()} and {g.size()}")
        new.append(torch.sub(p, g, alpha=lr))
    return new
