"""torch.where picks the right value, and the gradient of the other branch is NaN."""
# fails: binary
# hint: Your values are right, but torch.where differentiates the branch that it does not take as well: infinity times
#     0 is NaN. Make the score safe before exp.

import torch


def bce_with_logits(z, t):
    return (torch.where(z > 50, z, torch.log1p(torch.exp(z))) - t * z).mean()
