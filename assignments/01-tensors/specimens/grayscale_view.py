"""view, which refuses tensors that are not contiguous."""

# fails: grayscale
# says: contiguous
# hint: view() refuses tensors that are not contiguous, and permuted images are such. A mean over one axis needs no
#     flattening.


def grayscale(batch):
    b, c, h, w = batch.shape
    return batch.view(b, c, h * w).mean(1).view(b, 1, h, w)
