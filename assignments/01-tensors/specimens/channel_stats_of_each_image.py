"""Reduces over height and width alone."""

# fails: channel_stats
# reason: wrong_answer


def channel_stats(batch):
    return batch.mean(dim=(2, 3)), batch.std(dim=(2, 3), correction=0)
