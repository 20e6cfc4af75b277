"""Adds up in the first image, which belongs to the caller."""

# fails: mean_image
# reason: mutated_input
# hint: `total` is the caller's first image, and `+=` writes into it. Start from a new tensor, or reduce in one call.


def mean_image(batch):
    total = batch[0]
    for image in batch[1:]:
        total += image
    return total / len(batch)
