"""The mean of the images' standard deviations: misses how the images differ from one another."""

# fails: channel_stats
# reason: wrong_answer
# says: standard deviation
# hint: You average the standard deviations of the images, which misses how the images differ from one another. Reduce
#     over all three axes at once.


def channel_stats(batch):
    return batch.mean(dim=(0, 2, 3)), batch.std(dim=(2, 3), correction=0).mean(dim=0)
