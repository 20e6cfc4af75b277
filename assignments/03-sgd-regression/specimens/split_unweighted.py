"""The plain mean of the shards' gradients."""
# fails: split_batch
# says: counts by its size
# hint: You take the plain mean over the shards, so that a shard of 2 counts as much as one of 30. Weigh by size /
#     N.

import torch


def split_batch_gradient(loss_and_grad, w, b, X, y, sizes):
    if sum(sizes) != len(X):
        raise ValueError("sizes")
    parts = [loss_and_grad(w, b, *part) for part in zip(X.split(sizes), y.split(sizes))]
    return tuple(torch.stack(values).mean(0) for values in zip(*parts))
