"""transpose(1, 3): the channels arrive, and height and width are swapped."""

# fails: to_batch
# reason: wrong_answer
# says: transpose(1, 3)


def to_batch(imgs_uint8):
    return imgs_uint8.transpose(1, 3).float() / 255
