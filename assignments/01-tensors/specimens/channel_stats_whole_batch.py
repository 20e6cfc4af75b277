"""One number for all channels."""

# fails: channel_stats
# reason: wrong_answer


def channel_stats(batch):
    c = batch.shape[1]
    return batch.mean().expand(c), batch.std(correction=0).expand(c)
