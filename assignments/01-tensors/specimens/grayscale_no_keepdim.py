"""The channel axis is lost."""

# fails: grayscale
# reason: wrong_answer
# says: keepdim
# hint: The mean removed the channel axis, and (B, H, W) is left. Keep that axis with size 1.


def grayscale(batch):
    return batch.mean(dim=1)
