"""Ones in place of zeros."""

# fails: blackout
# reason: wrong_answer


def blackout(batch, k):
    out = batch.clone()
    out[:, :, batch.shape[2] - k :] = 1
    return out
