"""The standard deviation of the images' means."""

# fails: channel_stats
# hint: You take the standard deviation of the images' means, which misses how the pixels of an image differ. Reduce
#     over all three axes at once.


def channel_stats(batch):
    return batch.mean((0, 2, 3)), batch.mean((2, 3)).std(0, correction=0)
