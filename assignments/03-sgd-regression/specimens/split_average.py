"""Weighted means by torch.einsum."""
# fails: nothing

import torch


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    ends = torch.tensor(sizes, dtype=torch.int64).cumsum(0).tolist() or [0]
    if ends[-1] != X.shape[0]:
        raise ValueError(f"{ends[-1]} rows in all, not {X.shape[0]}")
    shares = torch.tensor(sizes, dtype=X.dtype) / ends[-1]
    results = [loss_and_grad(w, b, X[end - n : end], y[end - n : end]) for n, end in zip(sizes, ends)]
    losses, gws, gbs = (torch.stack(list(column)) for column in zip(*results))
    return shares @ losses, shares @ gws, shares @ gbs
