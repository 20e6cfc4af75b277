"""Brings the channels to the front with reshape in place of a permutation."""

# fails: channel_stats
# reason: wrong_answer
# hint: reshape cuts the memory into pieces and mixes the channels where B > 1. Name the axes in dim=, or permute
#     before you flatten.


def channel_stats(batch):
    flat = batch.reshape(batch.shape[1], -1)
    return flat.mean(dim=1), flat.std(dim=1, correction=0)
