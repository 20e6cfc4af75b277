"""Reverses the channels, as OpenCV's users must."""

# fails: to_batch
# reason: wrong_answer
# hint: Red and blue have changed places. Keep the order of the channels: only the axis moves.


def to_batch(imgs_uint8):
    return imgs_uint8.flip(-1).permute(0, 3, 1, 2).float() / 255
