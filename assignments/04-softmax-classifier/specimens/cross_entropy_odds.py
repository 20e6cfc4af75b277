"""log(1 + the odds against the correct class), through the differences to its score; take_along_dim for gather."""
# fails: nothing

import torch


class UnknownReduction(ValueError):
    pass


def cross_entropy(logits, y, reduction="mean"):
    against = logits - torch.take_along_dim(logits, y[:, None], dim=1)
    losses = torch.logsumexp(against, dim=-1)
    if reduction == "none":
        return losses
    if reduction in ("sum", "mean"):
        total = torch.einsum("b->", losses)
        return total if reduction == "sum" else torch.div(total, y.numel())
    raise UnknownReduction(reduction)
