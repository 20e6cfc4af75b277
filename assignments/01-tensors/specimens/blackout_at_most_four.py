"""Never more than four rows."""

# fails: blackout
# hint: For large k too few rows turn black. Any k up to H has to work.


def blackout(batch, k):
    out = batch.clone()
    out[:, :, batch.shape[2] - min(k, 4) :] = 0
    return out
