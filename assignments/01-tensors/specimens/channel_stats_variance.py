"""The variance."""

# fails: channel_stats
# reason: wrong_answer
# hint: Your second result is the variance. The standard deviation is its square root.


def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.var(dim=(0, 2, 3), correction=0)
