"""The mean of all numbers."""

# fails: mean_image
# reason: wrong_answer
# says: too much
# hint: You average all numbers into one. Only the batch axis goes: name it in dim=.


def mean_image(batch):
    return batch.mean()
