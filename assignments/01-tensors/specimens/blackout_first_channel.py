"""Only the first channel."""

# fails: blackout
# reason: wrong_answer


def blackout(batch, k):
    out = batch.clone()
    out[:, 0, batch.shape[2] - k :] = 0
    return out
