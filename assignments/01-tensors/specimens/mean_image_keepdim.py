"""Keeps a batch axis of size 1."""

# fails: mean_image
# reason: wrong_answer
# says: left over
# hint: An axis of size 1 is left over from the batch. One image has shape (C, H, W): leave keepdim out.


def mean_image(batch):
    return batch.mean(dim=0, keepdim=True)
