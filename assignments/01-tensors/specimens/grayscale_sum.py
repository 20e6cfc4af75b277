"""A sum in place of a mean."""

# fails: grayscale
# reason: wrong_answer
# hint: You add the channels up, so white becomes brighter than 1. Take the mean.


def grayscale(batch):
    return batch.sum(dim=1, keepdim=True)
