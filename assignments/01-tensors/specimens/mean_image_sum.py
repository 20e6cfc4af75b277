"""A sum over the batch."""

# fails: mean_image
# reason: wrong_answer


def mean_image(batch):
    return batch.sum(dim=0)
