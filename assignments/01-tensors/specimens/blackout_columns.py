"""The columns on the right."""

# fails: blackout
# reason: wrong_answer
# hint: You black out columns on the right. Rows are axis 2 of (B, C, H, W), not the last one.


def blackout(batch, k):
    out = batch.clone()
    out[:, :, :, batch.shape[3] - k :] = 0
    return out
