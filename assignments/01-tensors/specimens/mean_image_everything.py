"""The mean of all numbers."""

# fails: mean_image
# reason: wrong_answer
# says: too much


def mean_image(batch):
    return batch.mean()
