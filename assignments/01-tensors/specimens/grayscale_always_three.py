"""Divides by three, whatever the number of channels."""

# fails: grayscale
# reason: wrong_answer


def grayscale(batch):
    return batch.sum(dim=1, keepdim=True) / 3
