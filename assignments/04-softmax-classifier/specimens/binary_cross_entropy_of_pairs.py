"""Two columns, and the losses of the two classes weighed by the label."""
# fails: nothing

import torch
import torch.nn.functional as F


def pairs(z):
    return torch.nn.functional.pad(z.reshape(-1, 1), (1, 0))


def sigmoid_from_softmax(z):
    return F.softmax(pairs(z), dim=1)[:, 1].view(z.shape)


def bce_with_logits(z, t):
    t = t.reshape(-1).to(z.dtype)
    return F.cross_entropy(pairs(z), torch.stack([1 - t, t], dim=1))
