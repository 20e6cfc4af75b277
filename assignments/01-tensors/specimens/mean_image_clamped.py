"""Cuts the mean to [0, 1]."""

# fails: mean_image
# hint: You cut the result to [0, 1]. The mean of other numbers lies elsewhere, and that is right.


def mean_image(batch):
    return batch.mean(0).clamp(0, 1)
