"""No division by 255."""

# fails: to_batch
# reason: wrong_answer
# says: 255
# hint: The axes are right and the values still go up to 255. Bring them to [0, 1].


def to_batch(imgs_uint8):
    return imgs_uint8.permute(0, 3, 1, 2).float()
