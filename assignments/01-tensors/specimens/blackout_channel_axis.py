"""Indexes the channels in place of the rows."""

# fails: blackout
# reason: wrong_answer


def blackout(batch, k):
    out = batch.clone()
    out[:, batch.shape[2] - k :] = 0
    return out
