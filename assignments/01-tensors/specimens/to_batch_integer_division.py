"""`//` leaves 0 and 1."""

# fails: to_batch
# reason: wrong_answer
# says: //


def to_batch(imgs_uint8):
    return (imgs_uint8.permute(0, 3, 1, 2) // 255).float()
