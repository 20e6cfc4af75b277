"""Averages the channels as well."""

# fails: mean_image
# reason: wrong_answer
# hint: You average over the channels as well, so that the colours are gone. Only the batch axis goes.


def mean_image(batch):
    return batch.mean(dim=(0, 1)).expand(batch.shape[1], -1, -1)
