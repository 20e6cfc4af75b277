"""logits[:, y] takes every label's column for every row, a (B, B) matrix; its mean looks like a loss."""
# fails: cross_entropy
# says: Pick one per row
# hint: logits[:, y] takes every label's column for every row, a (B, B) table. Pick one entry per row.


def cross_entropy(logits, y, reduction="mean"):
    losses = -log_softmax(logits, 1)[:, y]
    if reduction not in ("none", "sum", "mean"):
        raise ValueError(reduction)
    return losses if reduction == "none" else losses.sum() if reduction == "sum" else losses.mean()
