"""Flips the caller's tensor round with an in-place permutation."""

# fails: to_batch
# reason: mutated_input
# hint: transpose_ turns the caller's own tensor round. Methods with a trailing underscore write in place: use the one
#     without.


def to_batch(imgs_uint8):
    return imgs_uint8.transpose_(1, 3).transpose_(2, 3).float() / 255
