"""The mean over the batch."""

# fails: grayscale
# reason: wrong_answer
# hint: You average over the batch, so the images blend into one another. The channels are axis 1 of (B, C, H, W).


def grayscale(batch):
    return batch.mean(dim=0, keepdim=True)
