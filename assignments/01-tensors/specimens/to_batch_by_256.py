"""Divides by 256, so that white is not 1."""

# fails: to_batch
# reason: wrong_answer
# hint: White becomes a little less than 1. The largest byte is 255, so divide by that.


def to_batch(imgs_uint8):
    return imgs_uint8.permute(0, 3, 1, 2).float() / 256
