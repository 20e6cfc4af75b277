"""The channel axis is lost."""

# fails: grayscale
# reason: wrong_answer
# says: keepdim


def grayscale(batch):
    return batch.mean(dim=1)
