"""Reduces over height and width alone."""

# fails: channel_stats
# reason: wrong_answer
# hint: You get one number for each image and channel. The batch axis has to go as well: the statistics are of all
#     images together.


def channel_stats(batch):
    return batch.mean(dim=(2, 3)), batch.std(dim=(2, 3), correction=0)
