"""view, which refuses tensors that are not contiguous."""

# fails: channel_stats
# says: contiguous
# hint: view() refuses tensors that are not contiguous, and permuted images are such. `dim=` takes several axes at
#     once.


def channel_stats(batch):
    x = batch.view(batch.shape[0], batch.shape[1], -1)
    return x.mean((0, 2)), x.std((0, 2), correction=0)
