"""1 / (1 + exp(-z)): right values everywhere, but the gradient is NaN where exp(-z) overflows."""
# fails: binary
# says: gradient

import torch


def sigmoid_from_softmax(z):
    return 1 / (1 + torch.exp(-z))
