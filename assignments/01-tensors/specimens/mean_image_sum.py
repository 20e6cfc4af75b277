"""A sum over the batch."""

# fails: mean_image
# reason: wrong_answer
# hint: You add the images up, but do not divide by how many there are.


def mean_image(batch):
    return batch.sum(dim=0)
