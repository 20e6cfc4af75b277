"""One-hot labels times log-probabilities, then .mean() over all B x C entries."""
# fails: cross_entropy
# says: not over all B x C entries
# hint: Your mean goes over all B x C entries, so the loss is C times too small. First make the vector of B losses,
#     then average that.

import torch


def cross_entropy(logits, y, reduction="mean"):
    onehot = torch.eye(logits.shape[1], dtype=logits.dtype)[y]
    losses = -(onehot * log_softmax(logits, 1))
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses.sum(1) if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
