"""torch's default: divides by n - 1."""

# fails: channel_stats
# says: correction=0


def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.std(dim=(0, 2, 3))
