"""The median image."""

# fails: mean_image
# reason: wrong_answer


def mean_image(batch):
    return batch.median(dim=0).values
