"""A Python number: `.item()` leaves the world of tensors."""

# fails: dot_ops
# reason: wrong_type
# says: torch tensor


def dot_ops(w, x):
    return (w * x).sum().item()
