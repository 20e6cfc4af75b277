"""The top rows."""

# fails: blackout
# reason: wrong_answer
# hint: You black out the first k rows, at the top. Row 0 is the top of the picture: the bar belongs to the last rows.


def blackout(batch, k):
    out = batch.clone()
    out[:, :, :k] = 0
    return out
