"""A sum in place of a mean."""

# fails: grayscale
# reason: wrong_answer


def grayscale(batch):
    return batch.sum(dim=1, keepdim=True)
