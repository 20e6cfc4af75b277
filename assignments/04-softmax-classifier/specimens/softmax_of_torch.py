"""Calls torch's own softmax under another name."""
# fails: softmax
# reason: forbidden_api

import torch

from torch.nn.functional import softmax as normalise


def softmax(x, dim):
    return normalise(x, dim=dim)
