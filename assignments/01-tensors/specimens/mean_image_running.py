"""Adds up in the first image, which belongs to the caller."""

# fails: mean_image
# reason: mutated_input


def mean_image(batch):
    total = batch[0]
    for image in batch[1:]:
        total += image
    return total / len(batch)
