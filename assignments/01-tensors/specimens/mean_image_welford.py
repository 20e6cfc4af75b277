"""A running mean, corrected by each image."""

# fails: nothing


def mean_image(batch):
    mean = torch.zeros(batch.shape[1:], dtype=batch.dtype)
    for count, image in enumerate(batch, start=1):
        mean = mean + (image - mean) / count
    return mean
