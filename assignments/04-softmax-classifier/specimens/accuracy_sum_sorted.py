"""The last place of a sorted row; a tensor of int64 made from a Python number."""
# fails: nothing

import torch


def accuracy_sum(logits, labels):
    guesses = torch.argsort(logits, dim=-1)[..., -1]
    return torch.tensor(sum(guesses.eq(labels).tolist()))
