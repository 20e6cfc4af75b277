"""Gives the negative class the score -z: sigmoid(2z)."""
# fails: binary
# says: sigmoid(2z)

import torch


def sigmoid_from_softmax(z):
    return torch.stack([z, -z], dim=-1).softmax(dim=-1)[..., 0]
