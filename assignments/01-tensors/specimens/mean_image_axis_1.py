"""The mean over the channels."""

# fails: mean_image
# reason: wrong_answer


def mean_image(batch):
    return batch.mean(dim=1)
