"""One number for all channels."""

# fails: channel_stats
# reason: wrong_answer
# hint: All channels get the same numbers: you reduce over the channels too. Leave axis 1 out of dim.


def channel_stats(batch):
    c = batch.shape[1]
    return batch.mean().expand(c), batch.std(correction=0).expand(c)
