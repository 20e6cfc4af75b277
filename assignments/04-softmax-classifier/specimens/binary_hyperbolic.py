"""The sigmoid as a hyperbolic tangent; the loss as a mean of logaddexp."""
# fails: nothing

import torch


def sigmoid_from_softmax(z):
    return 0.5 * (1 + torch.tanh(0.5 * z))


def bce_with_logits(z, t):
    costs = torch.logaddexp(z, z.new_zeros(())) - z * t.to(z.dtype)
    return costs.mean()
