"""Converts to float first, so that integers and doubles lose their dtype."""

# fails: dot_ops
# reason: wrong_type
# says: dtype
# hint: You convert to float32, so integers and float64 lose their dtype. Multiply and sum the tensors as they come.


def dot_ops(w, x):
    return (w.float() * x.float()).sum()
