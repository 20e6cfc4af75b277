"""reshape in place of permute: the right shape, and a scrambled picture."""

# fails: to_batch
# reason: wrong_answer
# says: scramble
# hint: The shape is right and the picture is scrambled: reshape and view keep the order in memory and cut it anew.
#     Change the order of the axes instead.


def to_batch(imgs_uint8):
    n, h, w, c = imgs_uint8.shape
    return imgs_uint8.reshape(n, c, h, w) / 255
