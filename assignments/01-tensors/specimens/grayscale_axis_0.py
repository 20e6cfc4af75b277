"""The mean over the batch."""

# fails: grayscale
# reason: wrong_answer


def grayscale(batch):
    return batch.mean(dim=0, keepdim=True)
