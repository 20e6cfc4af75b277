"""view, which refuses tensors that are not contiguous."""

# fails: blackout
# says: contiguous
# hint: view() refuses tensors that are not contiguous, and permuted images are such. Index the four axes as they are.


def blackout(batch, k):
    b, c, h, w = batch.shape
    out = batch.view(b * c, h, w).clone()
    out[:, h - k :] = 0
    return out.view(b, c, h, w)
