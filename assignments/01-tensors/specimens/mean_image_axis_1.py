"""The mean over the channels."""

# fails: mean_image
# reason: wrong_answer
# hint: You average over the channels. The batch is axis 0, and it is the one that goes.


def mean_image(batch):
    return batch.mean(dim=1)
