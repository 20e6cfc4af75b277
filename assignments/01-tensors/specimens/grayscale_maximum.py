"""The brightest channel in place of the mean."""

# fails: grayscale
# reason: wrong_answer


def grayscale(batch):
    return batch.amax(dim=1, keepdim=True)
