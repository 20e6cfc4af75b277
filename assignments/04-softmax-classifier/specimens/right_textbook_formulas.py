"""A correct set of answers: the forms that textbooks and documentations print, with the softmax from its logarithm."""
# fails: nothing

import torch
from torch import nn


def softmax(x, dim):
    return log_softmax(x, dim).exp()


def bce_with_logits(z, t):
    return (torch.clamp(z, min=0) - z * t + torch.log1p(torch.exp(-torch.abs(z)))).mean()


def cross_entropy(logits, y, reduction="mean"):
    onehot = torch.eye(logits.shape[1], dtype=logits.dtype)[y].bool()
    losses = torch.logsumexp(logits, dim=-1) - logits[onehot]
    if reduction == "none":
        return losses
    elif reduction == "sum":
        return losses.sum()
    elif reduction == "mean":
        return losses.mean()
    else:
        raise ValueError(f"unknown reduction: {reduction}")


class MLP(nn.Sequential):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__(nn.Linear(n_in, n_hidden), nn.ReLU(inplace=True), nn.Linear(n_hidden, n_out))


def accuracy_sum(logits, labels):
    return torch.count_nonzero(torch.softmax(logits, dim=1).argmax(dim=1) == labels)
