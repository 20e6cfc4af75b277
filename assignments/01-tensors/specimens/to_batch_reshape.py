"""reshape in place of permute: the right shape, and a scrambled picture."""

# fails: to_batch
# reason: wrong_answer
# says: scramble


def to_batch(imgs_uint8):
    n, h, w, c = imgs_uint8.shape
    return imgs_uint8.reshape(n, c, h, w) / 255
