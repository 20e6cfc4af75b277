"""Reduces over the channels."""

# fails: channel_stats
# reason: wrong_answer


def channel_stats(batch):
    return batch.mean(dim=1), batch.std(dim=1, correction=0)
