"""The median image."""

# fails: mean_image
# reason: wrong_answer
# hint: You take the median of the images. Asked for is their mean.


def mean_image(batch):
    return batch.median(dim=0).values
