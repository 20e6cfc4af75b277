"""Cuts the rows off."""

# fails: blackout
# reason: wrong_answer
# hint: You cut the rows off, so the image gets shorter. They should stay and hold zeros: assign into a clone.


def blackout(batch, k):
    return batch[:, :, : batch.shape[2] - k].clone()
