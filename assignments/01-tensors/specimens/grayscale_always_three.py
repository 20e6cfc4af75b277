"""Divides by three, whatever the number of channels."""

# fails: grayscale
# reason: wrong_answer
# hint: You divide by three, whatever the number of channels. A mean divides by how many there are.


def grayscale(batch):
    return batch.sum(dim=1, keepdim=True) / 3
