"""Scales to [-1, 1], as other tutorials do."""

# fails: to_batch
# reason: wrong_answer
# hint: You scale to [-1, 1]. Here 0 stays 0 and 255 becomes 1.


def to_batch(imgs_uint8):
    return imgs_uint8.permute(0, 3, 1, 2).float() / 127.5 - 1
