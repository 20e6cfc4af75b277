"""Ones in place of zeros."""

# fails: blackout
# reason: wrong_answer
# hint: The right rows turn white. Black is 0 for images in [0, 1].


def blackout(batch, k):
    out = batch.clone()
    out[:, :, batch.shape[2] - k :] = 1
    return out
