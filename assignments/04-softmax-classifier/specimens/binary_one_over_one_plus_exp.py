"""1 / (1 + exp(-z)): right values everywhere, but the gradient is NaN where exp(-z) overflows."""
# fails: binary
# says: gradient
# hint: Your values are right, but exp(-z) overflows for very negative z, and the gradient there becomes NaN. Use a
#     stable softmax over the two scores.

import torch


def sigmoid_from_softmax(z):
    return 1 / (1 + torch.exp(-z))
