"""Counts from the width: right for square images."""

# fails: blackout
# reason: wrong_answer
# says: Square images
# hint: You count from the width, so only square images come out right. Rows are axis 2: start from its length.


def blackout(batch, k):
    out = batch.clone()
    out[:, :, max(batch.shape[3] - k, 0) :] = 0
    return out
