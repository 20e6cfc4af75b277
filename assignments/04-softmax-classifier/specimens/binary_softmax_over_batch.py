"""Softmax over the batch: the entries of z compete with each other."""
# fails: binary
# hint: The entries of z compete with each other. Each has a competitor of its own, the score 0: you need a new
#     dimension of size 2.

import torch


def sigmoid_from_softmax(z):
    return torch.softmax(z, dim=0)
