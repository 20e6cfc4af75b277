"""The brightest channel in place of the mean."""

# fails: grayscale
# reason: wrong_answer
# hint: You take the brightest channel of each pixel. Grey is here the mean of the channels.


def grayscale(batch):
    return batch.amax(dim=1, keepdim=True)
