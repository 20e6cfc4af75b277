"""Counts from the width: right for square images."""

# fails: blackout
# reason: wrong_answer
# says: Square images


def blackout(batch, k):
    out = batch.clone()
    out[:, :, max(batch.shape[3] - k, 0) :] = 0
    return out
