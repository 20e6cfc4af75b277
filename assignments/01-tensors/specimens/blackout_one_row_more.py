"""One row too many."""

# fails: blackout
# reason: wrong_answer
# hint: You black out one row more than k. Work out on paper which row is the first black one for H = 3, k = 1.


def blackout(batch, k):
    out = batch.clone()
    out[:, :, max(batch.shape[2] - k - 1, 0) :] = 0
    return out
