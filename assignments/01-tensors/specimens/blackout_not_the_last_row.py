"""Ends before the last row."""

# fails: blackout
# hint: The last row stays bright: a slice ends before its second number. Leave the end of the slice open.


def blackout(batch, k):
    out = batch.clone()
    out[:, :, batch.shape[2] - k : -1] = 0
    return out
