"""Averages the channels as well."""

# fails: mean_image
# reason: wrong_answer


def mean_image(batch):
    return batch.mean(dim=(0, 1)).expand(batch.shape[1], -1, -1)
