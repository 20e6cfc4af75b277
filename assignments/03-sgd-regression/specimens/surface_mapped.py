"""One line, mapped twice."""
# fails: loss_surface
# reason: forbidden_api

import torch


def loss_surface(slopes, intercepts, x, y):
    def one(slope, intercept):
        return (slope * x + intercept - y).square().mean()

    return torch.vmap(torch.vmap(one, (None, 0)), (0, None))(slopes, intercepts)
