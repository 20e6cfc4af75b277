"""Takes the probability of the wrong one of the two classes."""
# fails: binary
# says: other entry
# hint: You return the probability of the negative class. Take the entry that has the score z.

import torch


def sigmoid_from_softmax(z):
    return torch.stack([z, torch.zeros_like(z)], dim=-1).softmax(dim=-1)[..., 1]
