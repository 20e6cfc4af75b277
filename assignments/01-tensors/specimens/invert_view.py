"""view, which refuses tensors that are not contiguous."""

# fails: invert
# says: contiguous
# hint: view() refuses tensors that are not contiguous, and permuted images are such. No flattening is needed here.


def invert(img):
    return (1 - img.view(-1)).view(img.shape)
