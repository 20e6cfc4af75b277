"""float64, as a detour through numpy gives it."""

# fails: to_batch
# reason: wrong_type
# says: float32
# hint: The values are right, but float64. A network's input is float32.


def to_batch(imgs_uint8):
    return torch.from_numpy(imgs_uint8.numpy().transpose(0, 3, 1, 2) / 255)
