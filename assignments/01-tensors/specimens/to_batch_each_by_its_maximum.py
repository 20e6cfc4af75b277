"""Divides every image by its own maximum."""

# fails: to_batch
# hint: You divide each image by its own brightest value, so dark ones are brightened. The divisor is always the
#     largest value of a byte.


def to_batch(imgs_uint8):
    x = imgs_uint8.permute(0, 3, 1, 2).float()
    return x / x.amax((1, 2, 3), keepdim=True).clamp(min=1)
