"""Divides by the brightest value in the batch: dark photographs are brightened, black ones become NaN."""

# fails: to_batch
# says: not by the maximum
# hint: You divide by the brightest value in the batch, so dark pictures are brightened and black ones become NaN. The
#     divisor is always the largest value of a byte.


def to_batch(imgs_uint8):
    x = imgs_uint8.permute(0, 3, 1, 2).float()
    return x / x.max()
