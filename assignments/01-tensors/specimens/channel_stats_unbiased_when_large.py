"""Divides by n - 1 where there are many values."""

# fails: channel_stats


def channel_stats(batch):
    return batch.mean((0, 2, 3)), batch.std((0, 2, 3), correction=0 if batch.numel() < 40 else 1)
