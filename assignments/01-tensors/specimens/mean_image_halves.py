"""Averages the running mean with each image: the last ones count most."""

# fails: mean_image
# hint: You halve the sum at each image, so that the last ones count most. Add all up first, and divide once.


def mean_image(batch):
    mean = batch[0]
    for image in batch[1:]:
        mean = (mean + image) / 2
    return mean
