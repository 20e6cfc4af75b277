"""The single losses come without a gradient."""
# fails: cross_entropy
# hint: The values are right, but the losses of reduction="none" carry no gradient. Reduce what you have, and detach
#     nothing.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = torch.logsumexp(logits, dim=1) - logits.gather(1, y.unsqueeze(1)).squeeze(1)
    losses = losses.detach() if reduction == "none" else losses
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction == "mean":
        return losses.mean()
    raise ValueError(reduction)
