"""view in place of permute."""

# fails: to_batch
# reason: wrong_answer
# hint: The shape is right and the picture is scrambled: reshape and view keep the order in memory and cut it anew.
#     Change the order of the axes instead.


def to_batch(imgs_uint8):
    n, h, w, c = imgs_uint8.shape
    return imgs_uint8.contiguous().view(n, 3, h, w).float() / 255.0
