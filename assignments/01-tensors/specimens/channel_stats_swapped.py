"""(std, mean)."""

# fails: channel_stats
# reason: wrong_answer
# hint: Your two results are in the wrong order: the mean comes first, then the standard deviation.


def channel_stats(batch):
    return batch.std(dim=(0, 2, 3), correction=0), batch.mean(dim=(0, 2, 3))
