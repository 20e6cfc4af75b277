"""The variance."""

# fails: channel_stats
# reason: wrong_answer


def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.var(dim=(0, 2, 3), correction=0)
