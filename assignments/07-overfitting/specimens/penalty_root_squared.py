"""The square of a root: the gradient of zero weights is NaN."""
# fails: weight_decay
# hint: A root that is squared again is the same number, but at weights of zero its gradient is NaN: sum the
#     squares.

import torch


def l2_penalty(model, strength):
    total = sum(torch.sqrt((p**2).sum()) ** 2 for p in model.parameters() if p.ndim >= 2)
    return strength / 2 * total
