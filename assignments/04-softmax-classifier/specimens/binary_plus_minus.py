"""Gives the negative class the score -z: sigmoid(2z)."""
# fails: binary
# says: sigmoid(2z)
# hint: You give the negative class the score -z, which doubles the difference. Its score is 0.

import torch


def sigmoid_from_softmax(z):
    return torch.stack([z, -z], dim=-1).softmax(dim=-1)[..., 0]
