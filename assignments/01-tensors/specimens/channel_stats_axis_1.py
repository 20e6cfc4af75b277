"""Reduces over the channels."""

# fails: channel_stats
# reason: wrong_answer
# hint: You reduce over the channels, the one axis that should be left. Which three axes have to go?


def channel_stats(batch):
    return batch.mean(dim=1), batch.std(dim=1, correction=0)
