"""The upper one of the two values in the middle."""
# fails: nothing

import torch


def best_constants(y):
    ordered = torch.sort(y.clone())[0]
    return sum(ordered) / len(ordered), ordered[y.numel() // 2]
