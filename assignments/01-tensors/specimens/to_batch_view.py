"""view in place of permute."""

# fails: to_batch
# reason: wrong_answer


def to_batch(imgs_uint8):
    n, h, w, c = imgs_uint8.shape
    return imgs_uint8.contiguous().view(n, 3, h, w).float() / 255.0
