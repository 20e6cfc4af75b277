"""The minus is missing: training would make the right class less likely."""
# fails: cross_entropy
# says: sign is flipped
# hint: The sign is flipped: your loss is the log-probability itself, and training would lower it. It needs a minus.

import torch


def cross_entropy(logits, y, reduction="mean"):
    losses = logits[torch.arange(len(y)), y] - torch.logsumexp(logits, 1)
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
