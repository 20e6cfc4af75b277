"""Scales only where a value above one is met."""

# fails: to_batch
# hint: You ask the data whether to scale, and a very dark batch is left as it is. Bytes are always divided by 255.


def to_batch(imgs_uint8):
    x = imgs_uint8.permute(0, 3, 1, 2).float()
    return x / 255 if x.max() > 1 else x
