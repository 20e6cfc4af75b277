"""A loop over the batch."""

# fails: nothing


def mean_image(batch):
    total = torch.zeros_like(batch[0])
    for image in batch:
        total = total + image
    return total / len(batch)
