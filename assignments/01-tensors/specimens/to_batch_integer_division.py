"""`//` leaves 0 and 1."""

# fails: to_batch
# reason: wrong_answer
# says: //
# hint: `//` throws away all that lies between 0 and 1: the pictures are black with white spots. Divide as floats.


def to_batch(imgs_uint8):
    return (imgs_uint8.permute(0, 3, 1, 2) // 255).float()
