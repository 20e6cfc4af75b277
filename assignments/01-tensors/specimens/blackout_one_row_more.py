"""One row too many."""

# fails: blackout
# reason: wrong_answer


def blackout(batch, k):
    out = batch.clone()
    out[:, :, max(batch.shape[2] - k - 1, 0) :] = 0
    return out
