"""Scales to [-1, 1], as other tutorials do."""

# fails: to_batch
# reason: wrong_answer


def to_batch(imgs_uint8):
    return imgs_uint8.permute(0, 3, 1, 2).float() / 127.5 - 1
