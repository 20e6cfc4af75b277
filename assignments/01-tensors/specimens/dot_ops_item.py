"""A Python number: `.item()` leaves the world of tensors."""

# fails: dot_ops
# reason: wrong_type
# says: torch tensor
# hint: You return a Python number. `.item()` (or float()) leaves the world of tensors: return the tensor of shape ()
#     itself.


def dot_ops(w, x):
    return (w * x).sum().item()
