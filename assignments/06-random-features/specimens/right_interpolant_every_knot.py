"""One unit for every knot, the last of them with a weight of 0; a width of its own in W1."""
# fails: nothing

import torch


def relu_interpolant(f, knots):
    values = f(knots)
    widths = torch.cat([knots.diff(), torch.ones(1, dtype=knots.dtype)])
    slopes = torch.cat([values.diff() / knots.diff(), torch.zeros(1, dtype=knots.dtype)])
    changes = torch.cat([slopes[:1], slopes[1:] - slopes[:-1]])
    changes[-1] = 0
    return (1 / widths)[:, None], -knots / widths, (changes * widths)[None], values[0].reshape(1)
