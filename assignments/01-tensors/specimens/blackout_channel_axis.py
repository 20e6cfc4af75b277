"""Indexes the channels in place of the rows."""

# fails: blackout
# reason: wrong_answer
# hint: Your slice selects channels, not rows. Axis 0 is the batch, 1 the channels, 2 the rows: which position of the
#     index needs the slice?


def blackout(batch, k):
    out = batch.clone()
    out[:, batch.shape[2] - k :] = 0
    return out
