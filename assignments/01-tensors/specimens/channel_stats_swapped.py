"""(std, mean)."""

# fails: channel_stats
# reason: wrong_answer


def channel_stats(batch):
    return batch.std(dim=(0, 2, 3), correction=0), batch.mean(dim=(0, 2, 3))
