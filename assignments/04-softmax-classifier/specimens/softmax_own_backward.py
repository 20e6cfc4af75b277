"""A function of autograd's with a backward of its own, under a forbidden name that is the student's."""
# fails: nothing

import torch


class Softmax(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, dim):
        p = (x - x.amax(dim, keepdim=True)).exp_()
        p /= p.sum(dim, keepdim=True)
        ctx.save_for_backward(p)
        ctx.dim = dim
        return p

    @staticmethod
    def backward(ctx, g):
        (p,) = ctx.saved_tensors
        return p * (g - (g * p).sum(ctx.dim, keepdim=True)), None


def softmax(x, dim):
    return Softmax.apply(x, dim)
