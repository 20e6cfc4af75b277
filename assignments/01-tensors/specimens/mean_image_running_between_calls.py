"""Remembers the batches before."""

# fails: mean_image

MEAN = {}


def mean_image(batch):
    now = batch.mean(0)
    before = MEAN.get(batch.shape[1:], now)
    MEAN[batch.shape[1:]] = (before + now) / 2
    return MEAN[batch.shape[1:]]
