"""Only the first channel."""

# fails: blackout
# reason: wrong_answer
# hint: Only the first channel turns black. The bar goes over all channels, so take all of them with `:`.


def blackout(batch, k):
    out = batch.clone()
    out[:, 0, batch.shape[2] - k :] = 0
    return out
