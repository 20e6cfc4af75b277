"""Keeps a batch axis of size 1."""

# fails: mean_image
# reason: wrong_answer
# says: left over


def mean_image(batch):
    return batch.mean(dim=0, keepdim=True)
