"""`[-k:]`, which selects every row when k is 0."""

# fails: blackout
# reason: wrong_answer
# says: k = 0


def blackout(batch, k):
    out = batch.clone()
    out[:, :, -k:] = 0
    return out
