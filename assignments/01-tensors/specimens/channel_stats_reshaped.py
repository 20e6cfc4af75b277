"""Brings the channels to the front with reshape in place of a permutation."""

# fails: channel_stats
# reason: wrong_answer


def channel_stats(batch):
    flat = batch.reshape(batch.shape[1], -1)
    return flat.mean(dim=1), flat.std(dim=1, correction=0)
