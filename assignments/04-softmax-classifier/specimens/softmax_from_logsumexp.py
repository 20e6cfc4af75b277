"""exp of the difference to torch.logsumexp, which this exercise does not take away."""
# fails: nothing

import torch


def softmax(x, dim):
    return torch.exp(x - torch.logsumexp(x, dim=dim, keepdim=True))
