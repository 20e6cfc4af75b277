"""torch's default: divides by n - 1."""

# fails: channel_stats
# says: correction=0
# hint: You divide by n - 1, torch's default, which gives NaN for a single value. Ask for the biased one with
#     correction=0.


def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.std(dim=(0, 2, 3))
