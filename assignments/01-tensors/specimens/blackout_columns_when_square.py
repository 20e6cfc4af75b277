"""Columns, where images are square."""

# fails: blackout


def blackout(batch, k):
    out = batch.clone()
    h, w = batch.shape[2:]
    if h == w:
        out[..., w - k :] = 0
    else:
        out[:, :, h - k :] = 0
    return out
