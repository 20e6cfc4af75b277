"""The columns on the right."""

# fails: blackout
# reason: wrong_answer


def blackout(batch, k):
    out = batch.clone()
    out[:, :, :, batch.shape[3] - k :] = 0
    return out
