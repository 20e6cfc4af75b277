"""The top rows."""

# fails: blackout
# reason: wrong_answer


def blackout(batch, k):
    out = batch.clone()
    out[:, :, :k] = 0
    return out
