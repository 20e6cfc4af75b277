"""transpose(1, 3): the channels arrive, and height and width are swapped."""

# fails: to_batch
# reason: wrong_answer
# says: transpose(1, 3)
# hint: Your swap brings the channels to the front, but height and width change places too. Say for each new axis
#     where it comes from.


def to_batch(imgs_uint8):
    return imgs_uint8.transpose(1, 3).float() / 255
